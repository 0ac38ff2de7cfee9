import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from './run-command.mjs'

/**
 * What a machine is like, as far as starting Electron goes.
 *
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {number | null} userId null where there is no such thing
 * @property {boolean} areUserNamespacesRestricted by AppArmor, as on Ubuntu 24 and later
 */

/** @returns {Machine} */
export function thisMachine() {
  let restricted = ''
  try {
    restricted = readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim()
  } catch {
    // Not Linux, or a kernel without AppArmor.
  }
  return {
    platform: process.platform,
    env: process.env,
    userId: process.getuid?.() ?? null,
    areUserNamespacesRestricted: restricted === '1',
  }
}

/**
 * Why no window could open here, whatever the binary.
 *
 * @param {Machine} machine
 * @returns {string | null} null when nothing speaks against it
 */
export function findDisplayObstacle({ platform, env }) {
  if (platform !== 'linux') return null
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? null : 'this machine has no display'
}

/** @param {string} executable */
function hasSetuidSandbox(executable) {
  try {
    const { uid, mode } = statSync(path.join(path.dirname(executable), 'chrome-sandbox'))
    return uid === 0 && (mode & 0o4000) !== 0
  } catch {
    return false
  }
}

/**
 * Why this Electron executable would not open its window, found without starting it for real.
 *
 * @param {string} executable
 * @param {readonly string[]} args what Electron is going to be given
 * @param {Machine} machine
 * @returns {Promise<string | null>} null when nothing speaks against it
 */
export async function findElectronObstacle(executable, args, machine) {
  if (machine.platform !== 'linux') return null

  const { output } = await runCommand(executable, ['--version'], { env: machine.env, timeoutMs: 10_000 })
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(output)?.[1]
  if (library !== undefined) return `Electron misses the system library ${library}`

  if (args.includes('--no-sandbox')) return null
  if (machine.userId === 0) return 'Electron refuses to run as root without --no-sandbox'
  if (machine.areUserNamespacesRestricted && !hasSetuidSandbox(executable)) {
    return 'AppArmor keeps the sandbox of Electron from working here'
  }
  return null
}
