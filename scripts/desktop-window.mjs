import { downloadElectron, findElectron } from './electron-binary.mjs'
import { findDisplayObstacle, findElectronObstacle } from './electron-obstacle.mjs'
import { launchElectron } from './launch-electron.mjs'
import { say } from './say.mjs'

/** @typedef {import('./electron-obstacle.mjs').Machine} Machine */
/** @typedef {import('./start-options.mjs').StartOptions} StartOptions */

/**
 * Opens the desktop window and waits for its end, or answers why there can be none here. The cheap
 * questions come first, and each is asked only when the ones before found nothing.
 *
 * @param {object} given
 * @param {string} given.folder the project's folder
 * @param {string} given.node absolute path of Node 24
 * @param {StartOptions} given.options
 * @param {Machine} given.machine
 * @param {number} [given.readyLimitMs]
 * @returns {Promise<import('./launch-electron.mjs').ElectronLaunch>}
 */
export async function openDesktopWindow({ folder, node, options, machine, readyLimitMs }) {
  if (options.isBrowserWanted) return { obstacle: '--browser was given' }
  const noDisplay = findDisplayObstacle(machine)
  if (noDisplay !== null) return { obstacle: noDisplay }

  if (findElectron(folder, machine.env) === null) {
    say('downloading the Electron binary, once (--browser does without)')
    const missing = await downloadElectron(folder, node, { env: machine.env })
    if (missing !== null) return { obstacle: missing }
  }
  const executable = findElectron(folder, machine.env)
  if (executable === null) return { obstacle: 'Electron is not where it was installed' }

  const args = [...options.electronSwitches, folder, ...options.programArgs]
  const obstacle = await findElectronObstacle(executable, args, machine)
  if (obstacle !== null) return { obstacle }
  const settings = {
    cwd: folder,
    env: machine.env,
    ...(readyLimitMs === undefined ? {} : { readyLimitMs }),
  }
  let launch = await launchElectron(executable, args, settings)
  // From the window: whoever asked for it wants to see it again, and no link is followed twice.
  const again = args.filter((arg) => arg !== '--hidden' && !/^penstock:/i.test(arg))
  while ('isRestartWanted' in launch) launch = await launchElectron(executable, again, settings)
  return launch
}
