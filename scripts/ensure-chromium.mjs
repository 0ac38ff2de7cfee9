import { existsSync } from 'node:fs'
import path from 'node:path'
import { projectEnvironment } from './node-runtime.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'
import { SetupFailure } from './setup-failure.mjs'

const DOWNLOAD_LIMIT_MS = 180_000
const APT_LIMIT_MS = 300_000

/** Programs that the end-to-end tests can drive, by their usual names and places. */
const USUAL_PLACES = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
}

/**
 * @param {string} name program or path
 * @returns {string | null} its absolute path
 */
function locate(name) {
  if (path.isAbsolute(name)) return existsSync(name) ? name : null
  const places = (process.env['PATH'] ?? '').split(path.delimiter)
  return places.map((place) => path.join(place, name)).find((file) => existsSync(file)) ?? null
}

/** Present is not enough: a downloaded Chromium may lack system libraries. */
async function isRunnable(/** @type {string} */ executable) {
  if (!existsSync(executable)) return false
  // On Windows it would open a window instead of naming its version.
  if (process.platform === 'win32') return true
  const { code } = await runCommand(executable, ['--version'], { timeoutMs: 30_000 })
  return code === 0
}

async function findInstalled() {
  const names = USUAL_PLACES[/** @type {keyof typeof USUAL_PLACES} */ (process.platform)] ?? []
  for (const name of names) {
    const executable = locate(name)
    if (executable !== null && (await isRunnable(executable))) return executable
  }
  return null
}

/**
 * Playwright's own Chromium, downloaded when it is missing and can be had.
 *
 * @param {string} folder
 * @param {string} node
 */
async function playwrightChromium(folder, node) {
  const options = { cwd: folder, env: projectEnvironment(folder, node) }
  const { output } = await runCommand(
    node,
    ['--print', "require('playwright-core').chromium.executablePath()"],
    options,
  )
  const executable = output.trim()
  if (await isRunnable(executable)) return executable
  if (existsSync(executable)) return null

  say('downloading a Chromium for the end-to-end tests (playwright install chromium)')
  const cli = path.join(folder, 'node_modules', 'playwright-core', 'cli.js')
  await runCommand(node, [cli, 'install', 'chromium', '--no-shell'], {
    ...options,
    timeoutMs: DOWNLOAD_LIMIT_MS,
  })
  return (await isRunnable(executable)) ? executable : null
}

/** Debian's package, where we may install it. */
async function debianChromium() {
  if (process.getuid?.() !== 0 || locate('apt-get') === null) return null
  say('it cannot be had; installing the Debian package chromium (apt-get)')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, timeoutMs: APT_LIMIT_MS }
  await runCommand('apt-get', ['update', '-q'], options)
  const { code, output } = await runCommand(
    'apt-get',
    ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    options,
  )
  if (code !== 0) process.stderr.write(output)
  return findInstalled()
}

/**
 * Makes sure that there is a Chromium for the end-to-end tests: the one that PENSTOCK_CHROMIUM names,
 * Playwright's own, an installed one, or Debian's package.
 *
 * @param {string} folder the project's folder
 * @param {string} node absolute path of Node 24
 * @returns {Promise<string>} absolute path of the executable
 * @throws {SetupFailure} when there is none and none can be had
 */
export async function ensureChromium(folder, node) {
  const named = process.env['PENSTOCK_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (await isRunnable(named)) return named
    throw new SetupFailure(`PENSTOCK_CHROMIUM names ${named}, which does not run.`)
  }
  const executable =
    (await playwrightChromium(folder, node)) ?? (await findInstalled()) ?? (await debianChromium())
  if (executable !== null) return executable
  throw new SetupFailure(
    'the end-to-end tests need a Chromium, and none could be downloaded: install Chromium or Chrome, ' +
      'or name one in PENSTOCK_CHROMIUM, and start again.',
  )
}
