import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../scripts/run-command.mjs'
import { openWritableFolder } from './writable-folder.ts'

const PACKAGES = ['zod', '@orpc/contract', 'react', 'fastify', 'better-sqlite3', 'piscina', 'electron']

/** One import over each border, as `[rule, importing file, what it imports]`. */
const CROSSINGS = [
  ['no-cycles', 'src/server/rpc/about.ts', './round.ts'],
  ['resolvable-imports-only', 'src/server/rpc/lost.ts', './nowhere.ts'],
  ['shared-imports-shared-only', 'src/shared/contract/reach-out.ts', '../../server/clock.ts'],
  ['domain-is-pure', 'src/shared/domain/with-zod.ts', 'zod'],
  ['domain-is-pure', 'src/shared/domain/with-contract.ts', '../contract/contract.ts'],
  ['contract-packages', 'src/shared/contract/with-react.ts', 'react'],
  ['shared-without-packages', 'src/shared/with-zod.ts', 'zod'],
  ['shared-without-node', 'src/shared/contract/with-node.ts', 'node:fs'],
  ['renderer-imports-renderer-and-shared', 'src/renderer/with-server.ts', '../server/clock.ts'],
  ['renderer-without-node', 'src/renderer/with-node.ts', 'node:path'],
  ['renderer-without-server-packages', 'src/renderer/with-fastify.ts', 'fastify'],
  ['server-imports-server-shared-tasks', 'src/server/app/with-window.ts', '../../renderer/window.ts'],
  ['server-imports-server-shared-tasks', 'src/server/app/with-main.ts', '../../main/index.ts'],
  ['electron-in-main-and-preload-only', 'src/server/app/with-electron.ts', 'electron'],
  ['electron-in-main-and-preload-only', 'src/renderer/with-electron.ts', 'electron'],
  ['preload-imports-shared-only', 'src/preload/with-main.ts', '../main/index.ts'],
  ['main-never-imports-the-window', 'src/main/with-window.ts', '../renderer/window.ts'],
  ['dialects-apart', 'src/server/dialects/asynq/borrow.ts', '../turbine/wire.ts'],
  ['faces-never-reach-inside-a-broker', 'src/server/rpc/with-store.ts', '../local/store/rows.ts'],
  ['only-app-opens-the-local-broker', 'src/server/connections/attach.ts', '../local/store/rows.ts'],
  ['entries-choose-the-executor-only', 'src/server/cli.ts', './local/store/rows.ts'],
  ['entries-choose-the-executor-only', 'src/main/with-store.ts', '../server/local/store/rows.ts'],
  ['only-entries-import-app', 'src/server/http/with-app.ts', '../app/open-app.ts'],
  ['local-imports-no-face', 'src/server/local/with-face.ts', '../dialects/turbine/wire.ts'],
  ['tasks-import-tasks-and-shared', 'src/tasks/with-server.ts', '../server/clock.ts'],
  ['sqlite-in-the-store-only', 'src/server/local/dispatch/with-sqlite.ts', 'better-sqlite3'],
  ['piscina-in-the-executor-only', 'src/server/local/dispatch/with-piscina.ts', 'piscina'],
  ['tests-are-imported-by-tests-only', 'src/server/app/with-test.ts', '../../../test/support/fixture.ts'],
] as const

/** A tree like ours, which crosses no border. */
const GOOD_TREE = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0'])),
  }),
  'tsconfig.json': '{ "compilerOptions": { "module": "preserve", "allowImportingTsExtensions": true } }',
  ...Object.fromEntries(
    PACKAGES.flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {}'],
    ]),
  ),
  'src/shared/domain/task.ts': 'export const task = 1',
  'src/shared/contract/contract.ts': "import 'zod'\nimport '@orpc/contract'\nimport '../domain/task.ts'",
  'src/tasks/api.ts': "import '../shared/domain/task.ts'",
  'src/server/clock.ts': 'export const clock = 1',
  'src/server/dialects/turbine/wire.ts': "import '../../../shared/domain/task.ts'",
  'src/server/local/store/rows.ts':
    "import 'better-sqlite3'\nimport type {} from '../../../shared/domain/task.ts'",
  'src/server/local/executor/pool.ts': "import 'piscina'",
  'src/server/app/open-app.ts':
    "import '../local/store/rows.ts'\nimport '../dialects/turbine/wire.ts'\nimport 'fastify'",
  'src/main/index.ts':
    "import 'electron'\nimport '../server/local/executor/pool.ts'\nimport '../server/app/open-app.ts'",
  'src/preload/index.ts': "import 'electron'\nimport '../shared/contract/contract.ts'",
  'src/renderer/window.ts': "import 'react'\nimport '../shared/contract/contract.ts'",
  'test/support/fixture.ts': "import '../../src/server/local/store/rows.ts'\nimport 'better-sqlite3'",
}

async function checkBorders(folder: string) {
  const script = path.resolve('scripts/check-borders.mjs')
  return runCommand(process.execPath, [script, folder])
}

describe('the check of the borders', () => {
  it('passes a tree that crosses none', async () => {
    using folder = openWritableFolder()
    folder.write(GOOD_TREE)

    const { code, output } = await checkBorders(folder.path)

    expect(output).toContain(' 0 borders crossed')
    expect(code).toBe(0)
  })

  it('reports each border that is crossed, types included', async () => {
    using folder = openWritableFolder()
    folder.write(GOOD_TREE)
    for (const [, from, to] of CROSSINGS) folder.write({ [from]: `import type {} from '${to}'\n` })
    folder.write({ 'src/server/rpc/round.ts': "import './about.ts'" })

    const { code, output } = await checkBorders(folder.path)

    const reported = new Set(output.split('\n').map((line) => line.split(' -> ')[0]))
    for (const [rule, from] of CROSSINGS) expect(reported).toContain(`${rule}: ${from}`)
    expect(code).toBe(1)
  })

  it('names the rules it enforces, and the test above crosses every one of them', async () => {
    const { default: config } = await import('../../.dependency-cruiser.mjs')

    const crossed = new Set<string>(CROSSINGS.map(([rule]) => rule))

    expect(config.forbidden.map((rule) => rule.name).filter((name) => !crossed.has(name))).toEqual([])
  })

  it('fails when it saw no module of a folder, instead of finding nothing wrong', async () => {
    using folder = openWritableFolder()
    folder.write({ ...GOOD_TREE, 'src/extra/readme.txt': 'no module here' })

    const { code, output } = await checkBorders(folder.path)

    expect(output).toContain('src/extra/ no module was cruised')
    expect(code).toBe(1)
  })
})
