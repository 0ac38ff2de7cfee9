import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const CLI = join(import.meta.dirname, '../../out/server/cli.js')

export interface ServerProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** As `http://127.0.0.1:40123`. */
  readonly address: string
  stdout(): string
  stderr(): string
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
  while (!output.stdout.includes('\n')) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${output.stderr}`)
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  }
  return {
    child,
    address: /http:\/\/[^/\s]+/.exec(output.stdout)![0],
    stdout: () => output.stdout,
    stderr: () => output.stderr,
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
