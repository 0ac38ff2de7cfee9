import { spawn } from 'node:child_process'

/** What a command gets to put itself in order after Ctrl-C, before it is killed. */
const STOP_LIMIT_MS = 5_000

const HAS_GROUPS = process.platform !== 'win32'

/**
 * @typedef {object} CommandOutcome
 * @property {number | null} code exit code; null when a signal ended it or it never started
 * @property {string} output what it printed, both streams in order; empty when it was inherited
 * @property {boolean} isTimedOut whether the time limit ended it
 * @property {Error | null} startError why it could not be started
 */

/**
 * Runs a command to its end and answers how it went; it never rejects.
 *
 * The command leads a process group of its own. Running out of time kills that whole group, Ctrl-C and
 * SIGTERM end it and then this process, and whatever the command leaves behind at its end is killed:
 * installers and test runners start processes of their own.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {'inherit' | 'capture'} [options.output] default `capture`
 * @param {number} [options.timeoutMs] default none
 * @returns {Promise<CommandOutcome>}
 */
export function runCommand(command, args, { cwd, env, output = 'capture', timeoutMs } = {}) {
  const stream = output === 'inherit' ? 'inherit' : 'pipe'
  const child = spawn(command, args, {
    cwd,
    env: env ?? process.env,
    stdio: ['ignore', stream, stream],
    detached: HAS_GROUPS,
    windowsHide: true,
  })

  let printed = ''
  for (const source of [child.stdout, child.stderr]) {
    source?.setEncoding('utf8').on('data', (text) => (printed += text))
  }

  /** @param {NodeJS.Signals} signal */
  const signalGroup = (signal) => {
    if (child.pid === undefined) return
    try {
      process.kill(HAS_GROUPS ? -child.pid : child.pid, signal)
    } catch {
      // Nothing of it is left.
    }
  }

  let isTimedOut = false
  let isInterrupted = false
  const limit = setTimeout(
    () => {
      isTimedOut = true
      signalGroup('SIGKILL')
    },
    timeoutMs ?? 2 ** 31 - 1,
  ).unref()
  const interrupt = () => {
    isInterrupted = true
    signalGroup('SIGTERM')
    setTimeout(() => signalGroup('SIGKILL'), STOP_LIMIT_MS).unref()
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)

  return new Promise((resolve) => {
    /** @param {number | null} code @param {Error | null} startError */
    const settle = (code, startError) => {
      clearTimeout(limit)
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
      if (isInterrupted) process.exit(130)
      resolve({ code, output: printed, isTimedOut, startError })
    }
    child.on('error', (error) => settle(null, error))
    child.on('exit', () => HAS_GROUPS && signalGroup('SIGKILL'))
    child.on('close', (code) => settle(code, null))
  })
}
