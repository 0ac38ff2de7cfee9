import { spawn } from 'node:child_process'
import { supervisedSpawnOptions, superviseChild } from './supervise-child.mjs'

/** Electron main prints this, alone on a line, when its window shows. */
const READY_LINE = 'APP_WINDOW_READY'

/** Electron main prints this, alone on a line, when it ends to be started again; see `create-restart.ts`. */
const RESTART_LINE = 'APP_RESTART'

const READY_LIMIT_MS = 20_000

/** After being asked to stop, before it is made to. */
const STOP_LIMIT_MS = 5_000

/** @typedef {{ exitCode: number } | { obstacle: string }} ElectronLaunch */
/** @typedef {ElectronLaunch | { isRestartWanted: true }} ElectronRun */

/**
 * Starts the desktop window and waits for its end. What Electron prints is held back until the window
 * shows, so that a launch that fails leaves one reason and not a page of Chromium's own.
 *
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {number} [options.readyLimitMs]
 * @returns {Promise<ElectronRun>} its exit code, or why there was no window
 */
export async function launchElectron(executable, args, { cwd, env, readyLimitMs = READY_LIMIT_MS }) {
  // Set in the terminals of some editors; Electron would then be a mere Node.
  const { ELECTRON_RUN_AS_NODE: _, ...childEnv } = env
  const child = spawn(executable, args, {
    cwd,
    // What it would start by itself would be gone with its process group.
    env: { ...childEnv, PENSTOCK_LAUNCHER: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...supervisedSpawnOptions,
  })

  let isReady = false
  let isLate = false
  let isRestartWanted = false
  let line = ''
  /** @type {{ to: NodeJS.WriteStream, text: string }[]} */
  const heldBack = []
  /** @param {NodeJS.WriteStream} to @param {string} text */
  const pass = (to, text) => (isReady ? to.write(text) : heldBack.push({ to, text }))

  const becomeReady = () => {
    isReady = true
    clearTimeout(readyTimer)
    for (const { to, text } of heldBack.splice(0)) to.write(text)
  }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const [first = '', ...rest] = `${line}${text}`.split('\n')
    const lines = [first, ...rest]
    line = lines.pop() ?? ''
    for (const full of lines) {
      if (full.trim() === READY_LINE) becomeReady()
      else if (full.trim() === RESTART_LINE) isRestartWanted = true
      else pass(process.stdout, `${full}\n`)
    }
  })
  child.stderr.setEncoding('utf8').on('data', (text) => pass(process.stderr, text))

  const readyTimer = setTimeout(() => {
    isLate = true
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS).unref()
  }, readyLimitMs)

  try {
    const { code, signal, isAsked } = await superviseChild(child)
    clearTimeout(readyTimer)
    if (isLate) return { obstacle: `Electron showed no window within ${Math.round(readyLimitMs / 1000)} s` }
    if (isRestartWanted && !isAsked) return { isRestartWanted }
    // Ended well without a window: another instance is running and has been brought to the front.
    if (isReady || isAsked || code === 0) return { exitCode: code ?? (isAsked ? 0 : 1) }
    return { obstacle: `Electron ended before its window showed (${signal ?? `exit code ${code}`})` }
  } catch (error) {
    clearTimeout(readyTimer)
    return {
      obstacle: `Electron could not be started (${error instanceof Error ? error.message : String(error)})`,
    }
  }
}
