import { existsSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { areDependenciesInstalled, markDependenciesInstalled } from './installed-packages.mjs'
import { findProjectNode, isOwnNodeEnough, NEEDED_NODE_MAJOR, packagedNodePath } from './node-runtime.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'
import { SetupFailure } from './setup-failure.mjs'

/**
 * Runs npm: the one that started us, by its own Node, else the one on the PATH.
 *
 * @param {readonly string[]} args
 * @param {string} folder
 */
function runNpm(args, folder) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  // That Node may have been the one in node_modules, which `npm ci` removes.
  if (npm?.endsWith('.js') && node !== undefined && existsSync(node))
    return runCommand(node, [npm, ...args], { cwd: folder })
  if (process.platform !== 'win32') return runCommand('npm', args, { cwd: folder })
  return runCommand(process.env['ComSpec'] ?? 'cmd.exe', ['/d', '/s', '/c', 'npm', ...args], { cwd: folder })
}

/** Windows refuses to remove a running program, and that may be the very Node that runs this. */
function stepAside(/** @type {string} */ folder) {
  const packaged = packagedNodePath(folder)
  if (process.platform !== 'win32' || path.resolve(process.execPath) !== path.resolve(packaged)) return
  renameSync(packaged, path.join(os.tmpdir(), `penstock-node-${process.pid}.exe`))
}

/** @param {string} folder */
async function install(folder) {
  say('installing the packages of the lockfile (npm ci)')
  stepAside(folder)
  const outcome = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'], folder)
  if (outcome.code !== 0) {
    const reason = outcome.startError?.message ?? `exit code ${outcome.code}`
    throw new SetupFailure(
      `npm ci failed (${reason}): see its output above, mend what it names and start again.`,
      outcome.output,
    )
  }
  markDependenciesInstalled(folder)
}

/** @param {string} folder */
async function isPackagedNodeRunnable(folder) {
  const packaged = packagedNodePath(folder)
  if (!existsSync(packaged)) return false
  const { code, output } = await runCommand(packaged, ['--version'])
  return code === 0 && Number(/^v(\d+)\./.exec(output)?.[1]) >= NEEDED_NODE_MAJOR
}

/** @param {string} folder */
async function ensureNode(folder) {
  if (isOwnNodeEnough() || (await isPackagedNodeRunnable(folder))) return
  say(`fetching Node ${NEEDED_NODE_MAJOR}, as this machine's is ${process.version} (npm rebuild node)`)
  // The one package whose install script may run: it puts the executable in place.
  const outcome = await runNpm(['rebuild', 'node', '--ignore-scripts=false'], folder)
  if (await isPackagedNodeRunnable(folder)) return
  // A Node that does not run must not be what npm scripts find next time.
  rmSync(packagedNodePath(folder), { force: true })
  throw new SetupFailure(
    `Node ${NEEDED_NODE_MAJOR} could not be put in place: see npm's output above, or install Node ` +
      `${NEEDED_NODE_MAJOR} or newer yourself, and start again.`,
    outcome.output,
  )
}

/**
 * Brings node_modules up to the lockfile and makes sure that there is a Node 24; does nothing, quickly,
 * when both are so.
 *
 * @param {string} folder the project's folder
 * @returns {Promise<string>} absolute path of the Node to use
 * @throws {SetupFailure} when npm fails
 */
export async function ensureDependencies(folder) {
  if (!areDependenciesInstalled(folder)) await install(folder)
  await ensureNode(folder)
  const node = findProjectNode(folder)
  if (node === null) throw new Error('There is a Node, but it cannot be found.')
  return node
}
