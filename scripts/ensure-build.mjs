import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectEnvironment } from './node-runtime.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'
import { SetupFailure } from './setup-failure.mjs'
import { sourceFingerprint } from './source-fingerprint.mjs'

/** Everything the build reads. */
const SOURCES = ['src', 'build', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

/** What has to be there after a build. */
const BUILT_FILES = [
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/server/cli.js',
  'out/server/store-thread.js',
  'out/server/executor-process.js',
  'out/server/executor-thread.js',
  'out/server/built-in-tasks.js',
  'out/server/penstock-tasks.js',
]

/** @param {string} folder */
const stampPath = (folder) => path.join(folder, 'out', '.fingerprint')

/**
 * @param {string} folder
 * @param {string} fingerprint
 */
function isBuilt(folder, fingerprint) {
  const stamp = stampPath(folder)
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== fingerprint) return false
  return BUILT_FILES.every((file) => existsSync(path.join(folder, file)))
}

/**
 * Builds `out/` anew when anything the build reads has changed since, or a built file is missing.
 *
 * @param {string} folder the project's folder
 * @param {string} node absolute path of Node 24
 * @throws {SetupFailure} when the build fails; `out/` is then not taken for built
 */
export async function ensureBuild(folder, node) {
  const fingerprint = sourceFingerprint(folder, SOURCES)
  if (isBuilt(folder, fingerprint)) return

  say('building (electron-vite build)')
  rmSync(path.join(folder, 'out'), { recursive: true, force: true })
  const tool = path.join(folder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = await runCommand(node, [tool, 'build'], {
    cwd: folder,
    env: projectEnvironment(folder, node),
  })
  if (code !== 0) throw new SetupFailure('the build failed: see its output above.', output)
  const missing = BUILT_FILES.filter((file) => !existsSync(path.join(folder, file)))
  if (missing.length > 0) throw new SetupFailure(`the build left out ${missing.join(', ')}.`, output)
  writeFileSync(stampPath(folder), `${fingerprint}\n`)
}

/**
 * Makes the next `ensureBuild` build anew, as something else is going to write into `out/`.
 *
 * @param {string} folder the project's folder
 */
export function forgetBuild(folder) {
  rmSync(stampPath(folder), { force: true })
}
