import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tryPackagedApp } from './try-packaged-app.ts'

// `node build/try-package.ts [folder]`: starts the app that lies unpacked in the folder, `dist` by default.

const LIMIT_MS = 120_000

const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..', 'dist'))
const [executable] = globSync(
  ['linux*-unpacked/penstock', 'mac*/Penstock.app/Contents/MacOS/Penstock', 'win*-unpacked/Penstock.exe'],
  { cwd: folder },
)
if (executable === undefined) {
  process.stderr.write(`penstock: there is no packaged app in ${folder}; run npm run package first.\n`)
  process.exit(1)
}

const home = mkdtempSync(path.join(tmpdir(), 'penstock-package-'))
try {
  await tryPackagedApp({ executable: path.join(folder, executable), home, limitMs: LIMIT_MS })
  process.stdout.write(`${executable} shows its window, runs a task and ends in order\n`)
} catch (error) {
  process.stderr.write(`penstock: ${(error as Error).message}\n`)
  process.exitCode = 1
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
