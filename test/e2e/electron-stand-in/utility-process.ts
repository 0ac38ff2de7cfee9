import type * as Electron from 'electron'
import { fork, type StdioOptions } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

type ChildApi = Pick<Electron.UtilityProcess, 'pid' | 'stdout' | 'stderr' | 'postMessage' | 'kill'>
type Options = Pick<Electron.ForkOptions, 'env' | 'execArgv' | 'serviceName'> & { readonly stdio?: string[] }

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url)

/** A utility process as a plain Node process whose `process.parentPort` is there before its entry runs. */
export const utilityProcess = strict('utilityProcess', {
  fork(modulePath: string, args: string[] = [], { env, execArgv = [], stdio = [] }: Options = {}): ChildApi {
    const child = fork(modulePath, args, {
      env: { ...(env ?? process.env) },
      execArgv: [...execArgv, '--import', PARENT_PORT.href],
      serialization: 'advanced',
      stdio: ['ignore', stdio[1] ?? 'inherit', stdio[2] ?? 'inherit', 'ipc'] as StdioOptions,
    })
    const face = Object.assign(new EventEmitter(), {
      pid: undefined as number | undefined,
      stdout: child.stdout,
      stderr: child.stderr,
      postMessage: (message: unknown) => {
        if (child.connected) child.send(message as object, () => {})
      },
      kill: () => child.kill(),
    })
    // As in Electron, the process has no id before it has spawned.
    child.once('spawn', () => {
      face.pid = child.pid
      face.emit('spawn')
    })
    child.on('message', (message) => face.emit('message', message))
    child.once('exit', (code, signal) => {
      face.pid = undefined
      face.emit('exit', code ?? (signal === null ? 1 : 128))
    })
    return strict('UtilityProcess', face)
  },
})
