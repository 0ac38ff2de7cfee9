import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface MeasuredServer extends AsyncDisposable {
  readonly child: ChildProcess
  readonly address: string
  /** Milliseconds from the start of the process to its first line. */
  readonly readyMs: number
  /** Resident memory now, in MB; null where /proc is not. */
  residentMb(): number | null
}

/** A server that prints its address when it is ready, in a process of its own, measured from its first instant. */
export async function startChild(args: readonly string[]): Promise<MeasuredServer> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  while (!/http:\/\/\S+\/\s/.test(output)) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with code ${child.exitCode}`)
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  }
  return {
    child,
    address: /http:\/\/[^/\s]+/.exec(output)![0],
    readyMs: performance.now() - startedAt,
    residentMb() {
      try {
        const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
        return kb === undefined ? null : Number(kb) / 1024
      } catch {
        return null
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
