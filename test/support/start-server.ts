import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const CLI = join(import.meta.dirname, '../../out/server/cli.js')
const SAID_WITHIN_MS = 20_000

export interface ServerProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** As `http://127.0.0.1:40123`. */
  readonly address: string
  stdout(): string
  stderr(): string
  /**
   * Resolves once one of its outputs matches. A server is known to be ready by its first line on standard
   * output; the others, and all of standard error, come when they come.
   */
  untilSaid(output: 'stdout' | 'stderr', pattern: RegExp): Promise<void>
  /** Sends a signal and resolves when it has ended and everything that it said has been read. */
  end(signal: NodeJS.Signals): Promise<Pick<ServerExit, 'code' | 'signal'>>
}

export interface ServerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

type ServeCommand = 'serve' | 'start'

function spawnServer(
  args: readonly string[],
  env: Record<string, string> = {},
  command: ServeCommand = 'serve',
) {
  const child = spawn(process.execPath, [CLI, command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  return { child, output }
}

/** The built server as its own process, once it listens. */
export async function startServer(
  args: readonly string[],
  env?: Record<string, string>,
  command?: ServeCommand,
): Promise<ServerProcess> {
  const { child, output } = spawnServer(args, env, command)
  const closed = once(child, 'close')
  let isClosed = false
  child.once('close', () => (isClosed = true))
  while (!output.stdout.includes('\n')) {
    if (isClosed) throw new Error(`The server ended with ${child.exitCode}: ${output.stderr}`)
    await Promise.race([once(child.stdout, 'data'), closed])
  }
  return {
    child,
    address: /http:\/\/[^/\s]+/.exec(output.stdout)![0],
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    async untilSaid(name, pattern) {
      const tooLate = AbortSignal.timeout(SAID_WITHIN_MS)
      while (!pattern.test(output[name])) {
        if (isClosed || tooLate.aborted)
          throw new Error(`The server did not say ${pattern} on ${name}, but: ${output[name]}`)
        await Promise.race([once(child[name], 'data', { signal: tooLate }), closed]).catch(() => {})
      }
    },
    async end(signal) {
      child.kill(signal)
      const [code, killedBy] = (await closed) as [number | null, NodeJS.Signals | null]
      return { code, signal: killedBy }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** The built server, expected to end by itself. */
export async function runServer(args: readonly string[], env?: Record<string, string>): Promise<ServerExit> {
  const { child, output } = spawnServer(args, env)
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal, ...output }
}
