import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { markDependenciesInstalled } from '../../scripts/installed-packages.mjs'
import { isAlive } from '../support/process-life.ts'
import { openWritableFolder, type WritableFolder } from './writable-folder.ts'

/** A server that says where it listens, keeps a child of its own, and stops in order when asked to. */
const ORDERLY = `
const { spawn } = require('node:child_process')
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
let asked = 0
console.log('arguments ' + JSON.stringify(process.argv.slice(2)))
console.log('child ' + child.pid)
console.log('http://127.0.0.1:20999/ ready')
process.on('SIGINT', stop).on('SIGTERM', stop)
function stop() {
  asked += 1
  setTimeout(() => {
    console.log('stopped after ' + asked + ' signals')
    child.kill()
    process.exit(process.env.EXIT_CODE ? Number(process.env.EXIT_CODE) : 0)
  }, 300)
}
setInterval(() => {}, 1000)`

/** The same, but it never stops. */
const STUBBORN = ORDERLY.replace('function stop() {', 'function stop() {\n  console.log("asked")\n  return')

const BUILD = `
const fs = require('node:fs')
for (const [file, text] of Object.entries(JSON.parse(fs.readFileSync('built.json', 'utf8')))) {
  fs.mkdirSync(require('node:path').dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}`

const BUILT = [
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/server/store-thread.js',
  'out/server/executor-process.js',
  'out/server/executor-thread.js',
  'out/server/built-in-tasks.js',
  'out/server/penstock-tasks.js',
]

/** A project whose packages are installed and whose build writes a server of the test's own. */
function openProject(server: string): WritableFolder {
  const folder = openWritableFolder()
  cpSync('scripts', path.join(folder.path, 'scripts'), { recursive: true })
  folder.write({
    'package.json': '{}',
    'package-lock.json': '{}',
    'src/server/cli.ts': server,
    'built.json': JSON.stringify({
      ...Object.fromEntries(BUILT.map((file) => [file, ''])),
      'out/server/cli.js': server,
    }),
    'node_modules/electron-vite/bin/electron-vite.js': BUILD,
  })
  markDependenciesInstalled(folder.path)
  return folder
}

function run(folder: WritableFolder, script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...without } = process.env
  const child = spawn(process.execPath, [path.join(folder.path, 'scripts', script), ...args], {
    cwd: folder.path,
    env: { ...without, ...env },
  })
  const printed = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.err += text))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    printed,
    ended,
    until: (text: string) =>
      vi.waitUntil(() => `${printed.out}${printed.err}`.includes(text), { timeout: 20_000 }),
    childId: () => Number(/child (\d+)/.exec(printed.out)?.[1]),
  }
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('builds, says in one line why there is no desktop window, and serves the window to a browser', async () => {
    using project = openProject(ORDERLY)
    const program = run(project, 'start.mjs', ['--data', 'there', '--no-open'])
    await program.until('the window is at')
    program.kill('SIGINT')

    expect(await program.ended).toBe(0)
    expect(program.printed.err.split('\n')).toEqual([
      'penstock: building (electron-vite build)',
      'penstock: no desktop window, as this machine has no display; serving the same window to a browser',
      'penstock: the window is at http://127.0.0.1:20999/ (Ctrl-C stops everything)',
      '',
    ])
    expect(program.printed.out).toContain('arguments ["start","--data","there"]')
  })

  it('builds only what is stale', async () => {
    using project = openProject('process.exit(0)')
    await run(project, 'start.mjs').ended
    const again = run(project, 'start.mjs')
    expect(await again.ended).toBe(0)
    expect(again.printed.err).not.toContain('building')

    project.write({ 'src/server/other.ts': 'export const changed = true' })

    const changed = run(project, 'start.mjs')
    await changed.ended
    expect(changed.printed.err).toContain('building')
  })

  it('ends with the failed build’s own output and takes nothing for built', async () => {
    using project = openProject('')
    project.write({
      'node_modules/electron-vite/bin/electron-vite.js': 'console.log("no such import"); process.exit(2)',
    })

    for (const attempt of ['first', 'second']) {
      const program = run(project, 'start.mjs')
      expect({ attempt, code: await program.ended }).toEqual({ attempt, code: 1 })
      expect(program.printed.err).toContain('no such import\npenstock: the build failed')
    }
  })
})

describe.skipIf(process.platform === 'win32')('npm run serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'passes %s on once and waits for the orderly stop',
    async (signal) => {
      using project = openProject(ORDERLY)
      const program = run(project, 'serve.mjs', ['--listen', '20999=asynq'], { EXIT_CODE: '4' })
      await program.until('ready')
      // npm passes on what the terminal has sent already: the same wish, twice at once.
      program.kill(signal)
      program.kill(signal)

      expect(await program.ended).toBe(4)
      expect(program.printed.out).toContain('stopped after 1 signals')
      expect(program.printed.out).toContain('arguments ["serve","--listen","20999=asynq"]')
      await vi.waitUntil(() => !isAlive(program.childId()), { timeout: 10_000 })
    },
  )

  it('answers a server that ends by itself with its exit code', async () => {
    using project = openProject('console.error("port 8080 is taken"); process.exit(3)')
    const program = run(project, 'serve.mjs')

    expect(await program.ended).toBe(3)
    expect(program.printed.err).toContain('port 8080 is taken')
  })

  it('kills a server that does not stop, and what it started, at the second Ctrl-C', async () => {
    using project = openProject(STUBBORN)
    const program = run(project, 'serve.mjs')
    await program.until('ready')
    program.kill('SIGINT')
    await program.until('asked')
    const pressing = setInterval(() => program.kill('SIGINT'), 100)

    expect(await program.ended).toBe(137)
    clearInterval(pressing)
    await vi.waitUntil(() => !isAlive(program.childId()), { timeout: 10_000 })
  })

  it('leaves nothing of a server that crashed', async () => {
    using project = openProject(`${ORDERLY}\nsetTimeout(() => process.kill(process.pid, 'SIGKILL'), 100)`)
    const program = run(project, 'serve.mjs')

    expect(await program.ended).toBe(137)
    await vi.waitUntil(() => !isAlive(program.childId()), { timeout: 10_000 })
  })
})
