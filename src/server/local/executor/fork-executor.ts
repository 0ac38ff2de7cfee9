import { fork } from 'node:child_process'
import type { ExecutorHost, StartExecutor } from './executor-host.ts'
import { toLastWords } from './last-words.ts'

/** The executor as a plain Node process; for headless use. */
export const forkExecutor: StartExecutor = (entryFile, { env, execArgv }): ExecutorHost => {
  const child = fork(entryFile, {
    env: { ...env },
    execArgv: [...execArgv],
    serialization: 'advanced',
    // Whatever task code prints past its console goes nowhere near the broker's own output.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Its own group: Ctrl-C in the terminal is the broker's to handle, in order.
    detached: process.platform !== 'win32',
  })
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000)
  })
  return {
    pid: child.pid ?? null,
    send(message) {
      // A send that fails is followed by the exit, which is handled in one place.
      if (child.connected) child.send(message as object, () => {})
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      let isTold = false
      const tell = (reason: string) => {
        if (isTold) return
        isTold = true
        listener(reason)
      }
      child.once('error', (error) => tell(error.message))
      child.once('close', (code, signal) => {
        const how = signal === null ? `exited with code ${code}` : `was killed by ${signal}`
        const why = toLastWords(lastWords)
        tell(why === null ? how : `${how} (${why})`)
      })
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
