import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectEnvironment } from './node-runtime.mjs'
import { runCommand } from './run-command.mjs'

/** A download that has not ended by then is not going to be pleasant to wait for. */
const DOWNLOAD_LIMIT_MS = 180_000

/**
 * Where Electron's package keeps its executable, below the folder of the binaries.
 *
 * @param {NodeJS.Platform} platform
 */
function executableName(platform) {
  if (platform === 'darwin') return path.join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

/**
 * The Electron executable, when it is there and of the version that the package asks for. Looks at files
 * only: importing `electron` would download it, and its `path.txt` survives a change of version.
 *
 * @param {string} folder the project's folder
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null} absolute path, or null when there is none
 */
export function findElectron(folder, env = process.env) {
  const packageFolder = path.join(folder, 'node_modules', 'electron')
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  const dist = override === undefined || override === '' ? path.join(packageFolder, 'dist') : override
  const executable = path.resolve(folder, dist, executableName(process.platform))
  if (!existsSync(executable)) return null
  // Whoever names their own binaries answers for their version.
  if (dist === override) return executable
  const wanted = JSON.parse(readIfThere(path.join(packageFolder, 'package.json')) ?? '{}').version
  return readIfThere(path.join(dist, 'version'))?.replace(/^v/, '') === wanted ? executable : null
}

/**
 * Tries to download the Electron binary with the package's own installer.
 *
 * @param {string} folder the project's folder
 * @param {string} node absolute path of Node 24
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {number} [options.limitMs]
 * @returns {Promise<string | null>} why it could not be had, or null when it is there
 */
export async function downloadElectron(
  folder,
  node,
  { env = process.env, limitMs = DOWNLOAD_LIMIT_MS } = {},
) {
  const installer = path.join(folder, 'node_modules', 'electron', 'install.js')
  const { code, output, isTimedOut } = await runCommand(node, [installer], {
    cwd: folder,
    // Its downloader uses fetch, which heeds HTTPS_PROXY only when told to.
    env: projectEnvironment(folder, node, { ...env, NODE_USE_ENV_PROXY: '1' }),
    timeoutMs: limitMs,
  })
  if (isTimedOut) return `Electron's binary did not arrive within ${Math.round(limitMs / 1000)} s`
  if (code === 0 && findElectron(folder, env) !== null) return null
  const cause =
    /^\s*(?:\[cause\]|cause): (.*?)\s*\{?$/m.exec(output)?.[1] ?? /^\w*Error: (.*)$/m.exec(output)?.[1]
  // All that fetch itself says; the reason is in a cause that the installer does not print.
  const reason = cause === 'fetch failed' ? 'its server cannot be reached' : cause
  return `Electron's binary could not be downloaded (${reason ?? `the installer ended with code ${code}`})`
}
