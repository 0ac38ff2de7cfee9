import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const READY_LINE = /^APP_WINDOW_READY\r?$/m
const LOOK_AGAIN_MS = 100

/** Needs the compiler, a thread of the pool and the store, wherever the package keeps them. */
const TASK_FILE = `import { defineTask } from 'penstock/tasks'
enum Greeting { Hello = 'Hello' }
export const greet = defineTask<{ name: string }>({
  maxRetries: 0,
  run: ({ kwargs }) => Greeting.Hello + ', ' + kwargs.name,
})
`

export interface TryOptions {
  /** The packaged program. */
  readonly executable: string
  readonly args?: readonly string[]
  /** An empty folder. */
  readonly home: string
  /** For everything together. */
  readonly limitMs: number
}

/**
 * Starts a packaged app on data of its own: its window shows, a task in TypeScript runs, and it ends in
 * order when asked to.
 *
 * @throws Error that says which of these did not happen, with what the app printed
 */
export async function tryPackagedApp({ executable, args = [], home, limitMs }: TryOptions): Promise<void> {
  const [dataFolder, tasksFolder] = [path.join(home, 'data'), path.join(home, 'tasks')]
  mkdirSync(tasksFolder, { recursive: true })
  writeFileSync(path.join(tasksFolder, 'greet.ts'), TASK_FILE)
  const app = spawn(
    executable,
    [
      ...args,
      `--user-data-dir=${home}`,
      `--data=${dataFolder}`,
      `--tasks=${tasksFolder}`,
      '--listen=0=asynq',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let printed = ''
  for (const stream of [app.stdout, app.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const startError = once(app, 'error').then(([error]) => Promise.reject(error as Error))
  startError.catch(() => {})

  let doing = 'show its window'
  const deadline = AbortSignal.timeout(limitMs)
  try {
    await Promise.race([walk(), startError])
  } catch (error) {
    throw new Error(`${executable} did not ${doing}: ${(error as Error).message}\n${printed}`, {
      cause: error,
    })
  } finally {
    if (isAlive(app)) app.kill('SIGKILL')
  }

  async function walk(): Promise<void> {
    await until(() => READY_LINE.test(printed))
    doing = 'listen'
    const address = await until(() => readAddress(dataFolder))
    doing = 'take a task'
    const id = await until(() => submit(address))
    doing = 'run the task'
    await until(() => isDone(address, id))
    doing = 'end in order'
    const ended = once(app, 'exit')
    app.kill('SIGTERM')
    const [code] = (await Promise.race([ended, aborted(deadline)])) as [number | null]
    // Windows knows no SIGTERM: there the program is just ended.
    if (code !== 0 && process.platform !== 'win32') throw new Error(`it ended with ${code ?? 'a signal'}`)
  }

  async function until<Answer>(ask: () => Answer | Promise<Answer>): Promise<NonNullable<Answer>> {
    for (;;) {
      const answer = await ask()
      if (answer !== null && answer !== undefined && answer !== false) return answer
      if (!isAlive(app)) throw new Error(`it ended with ${app.exitCode ?? app.signalCode}`)
      await wait(LOOK_AGAIN_MS, undefined, { signal: deadline })
    }
  }
}

const isAlive = (app: ChildProcess) => app.exitCode === null && app.signalCode === null

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

function readAddress(dataFolder: string): string | null {
  try {
    const told = JSON.parse(readFileSync(path.join(dataFolder, 'listeners.json'), 'utf8')) as {
      addresses: string[]
    }
    return told.addresses[0] ?? null
  } catch {
    // Not written yet, or half of it.
    return null
  }
}

/** @returns the task's id; null while the app does not know its handlers yet */
async function submit(address: string): Promise<string | null> {
  const answer = await fetch(`${address}/api/v1/tasks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'greet', payload: { name: 'package' } }),
  })
  if (answer.status === 503) return null
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { task_id: string }).task_id
}

async function isDone(address: string, id: string): Promise<boolean> {
  const answer = await fetch(`${address}/api/v1/tasks/${id}`)
  const { state, last_err: error } = (await answer.json()) as { state: string; last_err: string }
  if (error !== '') throw new Error(`it failed with ${error}`)
  return state === 'completed'
}
