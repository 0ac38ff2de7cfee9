import { _electron } from '@playwright/test'
import type * as Electron from 'electron'
import type { DesktopApp, Exit, LaunchOptions } from './desktop-app.ts'

/** What Electron is started with. */
export function electronArgs(projectFolder: string, { userData, args = [] }: LaunchOptions): string[] {
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return [...switches, `--user-data-dir=${userData}`, projectFolder, ...args]
}

/** The built app in real Electron, driven by Playwright's own support for it. */
export async function launchElectron(
  projectFolder: string,
  executablePath: string,
  options: LaunchOptions,
): Promise<DesktopApp> {
  const electron = await _electron.launch({ executablePath, args: electronArgs(projectFolder, options) })
  const program = electron.process()
  const output = { stdout: '', stderr: '' }
  program.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  program.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const exited = new Promise<Exit>((resolve) =>
    program.once('exit', (code, signal) => resolve({ code, signal })),
  )
  const quit = async () => {
    // The process may be gone before it can answer.
    await electron.evaluate(({ app }) => app.quit()).catch(() => undefined)
    return exited
  }
  return {
    shell: 'electron',
    pid: program.pid ?? 0,
    firstWindow: () => electron.firstWindow(),
    evaluate: (run, argument) =>
      // Playwright hands over the module first and one argument second, as here; its types say more.
      electron.evaluate(run as (module: typeof Electron, given: unknown) => never, argument),
    urlOf: (page) => page.url(),
    toPageUrl: (url) => url,
    output,
    quit,
    exited,
    startedAgain: () => {
      throw new Error('what Electron starts again is no child of the test, and cannot be followed')
    },
    [Symbol.asyncDispose]: async () => {
      if (program.exitCode === null && program.signalCode === null) await quit()
    },
  }
}
