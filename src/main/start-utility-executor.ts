import { utilityProcess, type UtilityProcess } from 'electron'
import { toLastWords } from '../server/local/executor/last-words.ts'
import type { AppOptions } from '../server/app/start-app.ts'

/**
 * The executor as a utility process: `child_process.fork` needs Electron's runAsNode fuse, which is off
 * in what we ship.
 */
export const startUtilityExecutor: AppOptions['startExecutor'] = (entryFile, { env, execArgv }) => {
  const child = utilityProcess.fork(entryFile, [], {
    serviceName: 'Penstock executor',
    env: { ...env },
    execArgv: [...execArgv],
    // Whatever task code prints past its console goes nowhere near the broker's own output.
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let lastWords = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString('utf8')).slice(-2000)
  })
  return {
    get pid() {
      return child.pid ?? null
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      child.once('exit', (code) => {
        const why = toLastWords(lastWords)
        listener(`exited with code ${code}${why === null ? '' : ` (${why})`}`)
      })
    },
    kill: () => killAtOnce(child),
  }
}

/** A process that is stuck in native code does not hear the SIGTERM of `child.kill()`. */
function killAtOnce(child: UtilityProcess): void {
  try {
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}
