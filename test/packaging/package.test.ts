import { extractAll, listPackage, statFile } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { FUSES } from '../../build/fuses.ts'
import { shippedCode } from '../../build/shipped-code.ts'
import { builtEntries } from '../../src/server/app/entries.ts'
import { json } from '../conformance/submit-one.ts'
import { openTestBroker } from '../support/open-test-broker.ts'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { untilFinal } from '../support/until.ts'
import { writeStandInDistribution } from './stand-in-distribution.ts'

const PROJECT = path.join(import.meta.dirname, '../..')

/** Compiled with esbuild, run in a thread of Piscina, kept by better-sqlite3. */
const TASK_FILE = String.raw`import { defineTask } from 'penstock/tasks'
enum Greeting { Hello = 'Hello' }
export const greet = defineTask<{ name: string }>({ run: ({ kwargs: { name } }) => [Greeting.Hello, name].join(' ') })
`

/** Thousands of files are read, packed and read again. */
const PACKING_LIMIT_MS = 180_000

/** Everything here looks at one folder, packed by \`npm run package -- --dir\` for Linux around a stand-in for Electron. */
describe.runIf(process.platform === 'linux')('the packaged app', () => {
  let folder: TemporaryFolder
  let unpacked: string
  let archive: string
  let listed: readonly string[]
  let extracted: string

  beforeAll(() => {
    folder = temporaryFolder()
    const dist = path.join(folder.path, 'electron')
    writeStandInDistribution(dist)
    execFileSync(
      process.execPath,
      [path.join(PROJECT, 'build/package.ts'), '--dir', `--output=${folder.path}/dist`],
      {
        cwd: PROJECT,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          ELECTRON_OVERRIDE_DIST_PATH: dist,
          // Whatever is downloaded all the same fails at once.
          ELECTRON_BUILDER_BINARIES_MIRROR: 'http://127.0.0.1:1/',
          ELECTRON_MIRROR: 'http://127.0.0.1:1/',
          PENSTOCK_UPDATE_FEED: '',
        },
      },
    )
    unpacked = path.join(folder.path, 'dist', 'linux-unpacked')
    archive = path.join(unpacked, 'resources', 'app.asar')
    listed = listPackage(archive, { isPack: false }).map((file) => file.slice(1).replaceAll('\\', '/'))
    extracted = path.join(folder.path, 'extracted')
    extractAll(archive, extracted)
  }, PACKING_LIMIT_MS)
  afterAll(() => folder[Symbol.dispose]())

  const filesOutside = () =>
    readdirSync(`${archive}.unpacked`, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(`${archive}.unpacked`, path.join(entry.parentPath, entry.name)))

  it('has the program, the window, the bridge and what is served as files in its archive', () => {
    for (const file of [
      'package.json',
      packageJson.main,
      'out/preload/index.cjs',
      'out/renderer/index.html',
      'node_modules/redoc/bundles/redoc.standalone.js',
      'node_modules/@fastify/swagger-ui/static/swagger-ui-bundle.js',
    ])
      expect(listed).toContain(file)
  })

  it('is the only app in there', () => {
    expect(readdirSync(path.join(unpacked, 'resources')).toSorted()).toEqual([
      'app.asar',
      'app.asar.unpacked',
    ])
  })

  it('has nothing of development: no tests, no sources, no source maps, no package that is only bundled', () => {
    expect(
      listed.filter((file) => /\.test\.|\.[cm]?tsx?$|\.map$|(^|\/)(tests?|benchmarks?)$/.test(file)),
    ).toEqual([])
    expect(listed.filter((file) => /^(src|test|scripts|build|docs|examples)(\/|$)/.test(file))).toEqual([])
    const bundled = Object.keys(packageJson.devDependencies).map((name) => `node_modules/${name}`)
    expect(listed.filter((file) => bundled.includes(file))).toEqual([])
    expect(listed).not.toContain('out/server/cli.js')
  })

  it('has every package that it imports, and each loads', async () => {
    const { imports } = await shippedCode(path.join(extracted, 'out'))
    expect(imports).toContain('fastify')
    const load = `for (const name of ${JSON.stringify(imports)}) await import(name)`
    const options = { cwd: extracted, encoding: 'utf8', stdio: 'pipe' } as const
    execFileSync(process.execPath, ['--input-type=module', '--eval', load], options)
  })

  it('keeps what is native beside the archive, for this system alone', () => {
    const target = `${process.platform}-${process.arch}`
    const natives = filesOutside().filter((file) => /\.node$|bin\/esbuild$/.test(file))
    expect(natives.toSorted()).toEqual(
      expect.arrayContaining([
        `node_modules/@esbuild/${target}/bin/esbuild`,
        `node_modules/better-sqlite3/prebuilds/${target}.node`,
      ]),
    )
    expect(natives.filter((file) => file.includes('better-sqlite3'))).toHaveLength(1)
    const esbuild = path.join(`${archive}.unpacked`, `node_modules/@esbuild/${target}/bin/esbuild`)
    expect(statSync(esbuild).mode & 0o111).not.toBe(0)
  })

  it('keeps beside the archive nothing that only the main process runs: there its seal does not cover it', () => {
    const outside = filesOutside().filter((file) => file.startsWith('out/'))
    expect(outside).toContain('out/server/store-thread.js')
    expect(outside.filter((file) => file.startsWith('out/main/'))).toEqual([])
    const unsealed = (file: string) => 'unpacked' in statFile(archive, file, false)
    expect(unsealed('out/server/executor-thread.js')).toBe(true)
    expect(unsealed(packageJson.main)).toBe(false)
    expect(unsealed('node_modules/fastify/fastify.js')).toBe(false)
  })

  it('has every fuse as decided', async () => {
    const { version: _, ...wire } = await getCurrentFuseWire(path.join(unpacked, 'penstock'))
    const read = Object.entries(wire).map(([position, state]) => [
      FuseV1Options[Number(position)],
      state === FuseState.ENABLE,
    ])
    expect(Object.fromEntries(read)).toEqual(FUSES)
  })

  it('runs tasks: its store, its executor, its compiler, from the paths beside the archive', async () => {
    const entries = builtEntries(path.join(`${archive}.unpacked`, 'out/server'))
    await using opened = await openTestBroker({ entries, taskFiles: { 'greet.ts': TASK_FILE } })
    const [task] = await opened.broker.submit([{ name: 'greet', kwargs: json({ name: 'Ada' }) }])
    expect(await untilFinal(opened.broker, task!.id)).toMatchObject({
      state: 'succeeded',
      result: '"Hello Ada"',
    })
    expect(opened.problems).toEqual([])
  })
})
