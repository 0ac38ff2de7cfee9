import os from 'node:os'

/**
 * Ctrl-C reaches us twice when npm started us, from the terminal and passed on by npm: within this time
 * it is one wish, after it a second one.
 */
const ONE_WISH_MS = 500

/** How to start a child that is going to be supervised: away from the terminal's own signals. */
export const supervisedSpawnOptions = {
  // On Windows a detached child would open a console of its own, and cannot be signalled anyway.
  detached: process.platform !== 'win32',
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // Nothing of it is left.
  }
}

/**
 * Waits for a child that runs in the foreground, passing on the wish to stop.
 *
 * The child leads a process group of its own, so one Ctrl-C is one SIGINT for it, and none for the
 * processes it started itself: it stops them in its own order. The first SIGINT, SIGTERM or SIGHUP asks
 * the child and waits for as long as it takes; another one, later, kills its whole group. When the child
 * has ended, whatever is left of its group is killed as well: nothing is left running.
 *
 * @param {import('node:child_process').ChildProcess} child started with `supervisedSpawnOptions`
 * @param {object} [options]
 * @param {() => number} [options.now] monotonic milliseconds
 * @param {() => void} [options.onStopping] told once, when the child is asked to stop
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, isAsked: boolean }>} how the child
 * ended, and whether it had been asked to
 */
export function superviseChild(child, { now = () => performance.now(), onStopping = () => {} } = {}) {
  /** @type {number | null} */
  let askedAt = null

  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    if (askedAt === null) {
      askedAt = now()
      onStopping()
      // On Windows the console has told the child itself, and kill() would end it at once.
      if (process.platform !== 'win32') child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
    } else if (now() - askedAt >= ONE_WISH_MS) {
      signalGroup(child, 'SIGKILL')
    }
  }
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, stop)
  // A closed terminal takes no more output, and that is no reason to leave the child alone.
  const ignore = () => {}
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignore)

  return new Promise((resolve, reject) => {
    const forget = () => {
      for (const signal of signals) process.off(signal, stop)
      for (const stream of [process.stdout, process.stderr]) stream.off('error', ignore)
    }
    child.once('error', (error) => {
      forget()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      forget()
      if (process.platform !== 'win32') signalGroup(child, 'SIGKILL')
      resolve({ code, signal, isAsked: askedAt !== null })
    })
  })
}

/**
 * The exit code that a shell would give: the child's own, or 128 and the number of the signal.
 *
 * @param {{ code: number | null, signal: NodeJS.Signals | null }} ended
 */
export function exitCodeOf({ code, signal }) {
  if (code !== null) return code
  return 128 + (signal === null ? 0 : (os.constants.signals[signal] ?? 0))
}
