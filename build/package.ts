import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Arch, build, Platform } from 'electron-builder'
import packageJson from '../package.json' with { type: 'json' }
import { findElectron } from '../scripts/electron-binary.mjs'
import { packagesNeededBy, type Lockfile } from './needed-packages.ts'
import { packagingConfiguration } from './packaging-configuration.ts'
import { checkBinaries, chooseTarget, PackagingError, readUpdateFeed } from './packaging-target.ts'
import { codeOutsideOfArchive, packageOf, shippedCode } from './shipped-code.ts'

const FOLDER = path.join(import.meta.dirname, '..')
const PLATFORMS = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }

/** Served as files; what they were made of is bundled in them. */
const FILES_ONLY = ['redoc', '@fastify/swagger-ui']
/** For compiling better-sqlite3, which comes compiled. */
const NEVER_NEEDED = ['node-addon-api']

try {
  await makePackages()
} catch (error) {
  if (!(error instanceof PackagingError)) throw error
  process.stderr.write(`penstock: ${error.message}\n`)
  process.exitCode = 1
}

/** What is built, packed for the system that this runs on. */
async function makePackages(): Promise<void> {
  const { dir, output, arch } = readArguments()
  const target = chooseTarget(process, arch ?? null)
  checkBinaries(FOLDER, target)

  const outFolder = path.join(FOLDER, 'out')
  const [shipped, outside] = await Promise.all([shippedCode(outFolder), codeOutsideOfArchive(outFolder)])
  const lockfile = JSON.parse(readFileSync(path.join(FOLDER, 'package-lock.json'), 'utf8')) as Lockfile
  const dependencies = Object.keys(packageJson.dependencies)
  const needed = packagesNeededBy(lockfile, dependencies, { filesOnly: FILES_ONLY, never: NEVER_NEEDED })

  const files = await build({
    projectDir: FOLDER,
    publish: 'never',
    targets: PLATFORMS[target.platform].createTarget(dir ? 'dir' : null, Arch[target.arch]),
    config: packagingConfiguration({
      target,
      outputFolder: path.resolve(output),
      electronDist: target.arch === process.arch ? findElectronDist() : null,
      updateFeed: readUpdateFeed(process.env['PENSTOCK_UPDATE_FEED']),
      hasMacCertificate: ['CSC_LINK', 'CSC_NAME'].some((name) => (process.env[name] ?? '') !== ''),
      modules: shipped.files,
      modulesOutside: outside.files,
      packagesOutside: [
        ...packagesNeededBy(lockfile, outside.imports.map(packageOf), { never: NEVER_NEEDED }),
      ],
      packagesLeftOut: [...packagesNeededBy(lockfile, dependencies)].filter((name) => !needed.has(name)),
    }),
  })
  for (const file of files) process.stdout.write(`${file}\n`)
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        /** An unpacked folder only. */
        dir: { type: 'boolean', default: false },
        output: { type: 'string', default: path.join(FOLDER, 'dist') },
        arch: { type: 'string' },
      },
    })
    return values
  } catch (error) {
    throw new PackagingError(
      `${(error as Error).message}. There are --dir (an unpacked folder), --output <folder>, --arch x64|arm64.`,
    )
  }
}

/** The folder of Electron's binaries, where they are installed. */
function findElectronDist(): string | null {
  const executable = findElectron(FOLDER)
  if (executable === null) return null
  const [bundle] = /^.*(?=[\\/]Electron\.app[\\/])/.exec(executable) ?? []
  return bundle ?? path.dirname(executable)
}
