import { chromium, type Browser, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { DesktopApp, Exit, LaunchOptions } from './desktop-app.ts'
import { fromPageUrl, toPageUrl } from './electron-stand-in/app-url.ts'
import type { FromProgram, ToProgram } from './electron-stand-in/control-messages.ts'

const RUN_FILE = path.join(import.meta.dirname, 'electron-stand-in', 'run.ts')

/** Of what Node is started with, the stand-in's own: `run.ts` and the main file. The rest is Electron's. */
const OWN_ARGS = 2

type Relaunch = Extract<FromProgram, { readonly kind: 'relaunch' }>

/** What Node is started with. */
export function standInArgs(projectFolder: string, { userData, args = [] }: LaunchOptions): string[] {
  const mainFile = path.join(projectFolder, 'out', 'main', 'index.js')
  return [RUN_FILE, mainFile, `--user-data-dir=${userData}`, projectFolder, ...args]
}

/** The built app under plain Node with a stand-in for `electron`, its pages in a real Chromium. */
export async function launchStandIn(projectFolder: string, options: LaunchOptions): Promise<DesktopApp> {
  return runStandIn(projectFolder, standInArgs(projectFolder, options))
}

function runStandIn(projectFolder: string, nodeArgs: readonly string[]): DesktopApp {
  const program = spawn(process.execPath, nodeArgs, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = { stdout: '', stderr: '' }
  program.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  program.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const exited = new Promise<Exit>((resolve) =>
    program.once('close', (code, signal) => resolve({ code, signal })),
  )

  const relaunches: Relaunch[] = []
  program.on('message', (message: FromProgram) => {
    if (message.kind === 'relaunch') relaunches.push(message)
  })

  // Told once, maybe before anybody asks for a window.
  const browserEndpoint = endpointOf(program)
  let attached: Promise<Browser> | null = null
  const attach = async () => {
    const endpoint = await Promise.race([browserEndpoint, exited])
    if (typeof endpoint !== 'string') throw new Error(`it ended before its window opened:\n${output.stderr}`)
    return chromium.connectOverCDP(endpoint)
  }
  const evaluate = evaluateIn(program)
  const quit = async () => {
    await evaluate(({ app }) => app.quit()).catch(() => undefined)
    return exited
  }
  return {
    shell: 'stand-in',
    pid: program.pid ?? 0,
    async firstWindow() {
      const browser = await (attached ??= attach())
      const context = browser.contexts()[0]!
      const page: Page = context.pages()[0] ?? (await context.waitForEvent('page'))
      await page.waitForURL((url) => fromPageUrl(url.href) !== url.href)
      return page
    },
    evaluate,
    urlOf: (page) => fromPageUrl(page.url()),
    toPageUrl,
    output,
    quit,
    exited,
    async startedAgain() {
      await exited
      const [asked, ...more] = relaunches
      if (asked === undefined) throw new Error('the program ended and did not ask to be started again')
      if (more.length > 0) throw new Error(`the program asked to be started ${more.length + 1} times`)
      if (asked.execPath !== process.execPath)
        throw new Error(`another program was to be started: ${asked.execPath}`)
      return runStandIn(projectFolder, [...nodeArgs.slice(0, OWN_ARGS), ...asked.args])
    },
    [Symbol.asyncDispose]: async () => {
      if (program.exitCode === null && program.signalCode === null) await quit()
      await (await attached?.catch(() => null))?.close()
    },
  }
}

function endpointOf(program: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    program.on('message', (message: FromProgram) => {
      if (message.kind === 'browser') resolve(message.endpoint)
    })
  })
}

function evaluateIn(program: ChildProcess): DesktopApp['evaluate'] {
  const waiting = new Map<number, PromiseWithResolvers<never>>()
  let lastId = 0
  program.on('message', (message: FromProgram) => {
    if (message.kind !== 'evaluated') return
    if (message.error === undefined) waiting.get(message.id)?.resolve(message.value as never)
    else waiting.get(message.id)?.reject(new Error(message.error))
    waiting.delete(message.id)
  })
  program.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the program ended'))
    waiting.clear()
  })
  return (run, argument) => {
    const id = (lastId += 1)
    const answer = Promise.withResolvers<never>()
    waiting.set(id, answer)
    const message: ToProgram = { kind: 'evaluate', id, source: run.toString(), argument }
    program.send(message, (error) => error !== null && answer.reject(error))
    return answer.promise
  }
}
