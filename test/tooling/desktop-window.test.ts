import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openDesktopWindow } from '../../scripts/desktop-window.mjs'
import { parseStartOptions } from '../../scripts/start-options.mjs'
import { openWritableFolder } from './writable-folder.ts'

const VERSION = '45.4.1'

/** What a fake Electron does when it is started for real; it answers `--version` well either way. */
const BEHAVIOURS = {
  opens: 'echo APP_WINDOW_READY; exit 0',
  'opens and fails later': 'echo APP_WINDOW_READY; exit 7',
  'is a second instance': 'exit 0',
  'is trapped by its sandbox': 'echo "No usable sandbox!" >&2; kill -TRAP $$',
  'fails early': 'exit 1',
  'never shows a window': 'exec sleep 60',
  'tells whether it is a mere Node': 'echo APP_WINDOW_READY; exit ${ELECTRON_RUN_AS_NODE:-5}',
  'tells its arguments': 'echo APP_WINDOW_READY; echo "arguments: $*"',
  'restarts once':
    'echo APP_WINDOW_READY; echo "arguments: $*"; if [ -e "$0.again" ]; then exit 3; fi; touch "$0.again"; echo APP_RESTART; exit 0',
  'restarts unless nobody would start it': 'echo APP_WINDOW_READY; exit ${PENSTOCK_LAUNCHER:-9}',
} as const

const binary = (behaviour: keyof typeof BEHAVIOURS) =>
  `#!/bin/sh\nif [ "$1" = --version ]; then echo v${VERSION}; exit 0; fi\n${BEHAVIOURS[behaviour]}\n`

const missingLibrary = `#!/bin/sh
echo "electron: error while loading shared libraries: libnss3.so: cannot open shared object file" >&2
exit 127
`

const installer = (source: string) => ({
  'node_modules/electron/package.json': JSON.stringify({ name: 'electron', version: VERSION }),
  'node_modules/electron/install.js': source,
})

const offline = "console.error(new TypeError('fetch failed').stack); process.exit(1)"

/** A project with an Electron that was downloaded before. */
function openProject(executable: string, version = VERSION) {
  const folder = openWritableFolder()
  folder.write(installer('process.exit(1)'))
  folder.write({ 'node_modules/electron/dist/version': version })
  folder.write({ 'node_modules/electron/dist/electron': executable }, 0o755)
  return folder
}

const desktop = {
  platform: 'linux' as const,
  env: { PATH: process.env['PATH'], DISPLAY: ':0' } as NodeJS.ProcessEnv,
  userId: 1000,
  areUserNamespacesRestricted: false,
}

async function open(
  folder: string,
  { args = [] as string[], machine = desktop, readyLimitMs = 20_000 } = {},
) {
  const options = parseStartOptions(args)
  return openDesktopWindow({ folder, node: process.execPath, options, machine, readyLimitMs })
}

// The fake binaries are shell scripts.
describe.skipIf(process.platform !== 'linux')('openDesktopWindow', () => {
  it('opens the window and answers how it ended', async () => {
    using well = openProject(binary('opens'))
    using badly = openProject(binary('opens and fails later'))

    expect(await open(well.path)).toEqual({ exitCode: 0 })
    expect(await open(badly.path)).toEqual({ exitCode: 7 })
  })

  it('takes a second instance, which ends without a window, for a good end', async () => {
    using project = openProject(binary('is a second instance'))

    expect(await open(project.path)).toEqual({ exitCode: 0 })
  })

  it('does without when asked to, without looking at anything', async () => {
    expect(await open('/nowhere', { args: ['--browser'] })).toEqual({ obstacle: '--browser was given' })
  })

  it('does without where there is no display, before any download', async () => {
    expect(await open('/nowhere', { machine: { ...desktop, env: {} } })).toEqual({
      obstacle: 'this machine has no display',
    })
  })

  it('gives the reason of a download that failed, within a second or so', async () => {
    using project = openWritableFolder()
    project.write(installer(offline))

    expect(await open(project.path)).toEqual({
      obstacle: "Electron's binary could not be downloaded (its server cannot be reached)",
    })
  })

  it('downloads a missing binary, and one of another version, and then opens the window', async () => {
    using project = openProject(binary('fails early'), '44.0.0')
    const download = `const fs = require('node:fs')
fs.mkdirSync(__dirname + '/dist', { recursive: true })
fs.writeFileSync(__dirname + '/dist/version', '${VERSION}')
fs.writeFileSync(__dirname + '/dist/electron', ${JSON.stringify(binary('opens'))}, { mode: 0o755 })`
    project.write(installer(download))

    expect(await open(project.path)).toEqual({ exitCode: 0 })
  })

  it('uses the binaries that ELECTRON_OVERRIDE_DIST_PATH names', async () => {
    using project = openWritableFolder()
    project.write(installer('process.exit(1)'))
    project.write({ 'elsewhere/electron': binary('opens') }, 0o755)
    const env = { ...desktop.env, ELECTRON_OVERRIDE_DIST_PATH: path.join(project.path, 'elsewhere') }

    expect(await open(project.path, { machine: { ...desktop, env } })).toEqual({ exitCode: 0 })
  })

  it('names the system library that is missing', async () => {
    using project = openProject(missingLibrary)

    expect(await open(project.path)).toEqual({ obstacle: 'Electron misses the system library libnss3.so' })
  })

  it('does not start as root, unless told to do without a sandbox', async () => {
    using project = openProject(binary('opens'))
    const machine = { ...desktop, userId: 0 }

    expect(await open(project.path, { machine })).toEqual({
      obstacle: 'Electron refuses to run as root without --no-sandbox',
    })
    expect(await open(project.path, { machine, args: ['--no-sandbox'] })).toEqual({ exitCode: 0 })
  })

  it('does not start where AppArmor would keep its sandbox from working', async () => {
    using project = openProject(binary('opens'))
    const machine = { ...desktop, areUserNamespacesRestricted: true }

    expect(await open(project.path, { machine })).toEqual({ obstacle: expect.stringContaining('AppArmor') })
  })

  it.each([
    ['is trapped by its sandbox', 'Electron ended before its window showed (SIGTRAP)'],
    ['fails early', 'Electron ended before its window showed (exit code 1)'],
  ] as const)('gives one reason and no noise when Electron %s', async (behaviour, obstacle) => {
    using project = openProject(binary(behaviour))
    const toStderr = vi.spyOn(process.stderr, 'write')

    try {
      expect(await open(project.path)).toEqual({ obstacle })
      expect(toStderr).not.toHaveBeenCalled()
    } finally {
      toStderr.mockRestore()
    }
  })

  it('stops an Electron that shows no window in time', async () => {
    using project = openProject(binary('never shows a window'))

    expect(await open(project.path, { readyLimitMs: 200 })).toEqual({
      obstacle: 'Electron showed no window within 0 s',
    })
  })

  it('never lets Electron start as a mere Node', async () => {
    using project = openProject(binary('tells whether it is a mere Node'))
    const env = { ...desktop.env, ELECTRON_RUN_AS_NODE: '1' }

    expect(await open(project.path, { machine: { ...desktop, env } })).toEqual({ exitCode: 5 })
  })

  it('starts Electron again when it ends for that, with its window and without what was opened', async () => {
    using project = openProject(binary('restarts once'))
    const toStdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)

    try {
      const args = ['--no-open', '--hidden', '--data', 'there', 'penstock://task/x', '--no-sandbox']
      expect(await open(project.path, { args })).toEqual({ exitCode: 3 })
      const told = toStdout.mock.calls.map(([text]) => text)
      expect(told).toEqual([
        `arguments: --no-sandbox ${project.path} --hidden --data there penstock://task/x\n`,
        `arguments: --no-sandbox ${project.path} --data there\n`,
      ])
    } finally {
      toStdout.mockRestore()
    }
  })

  it('tells Electron that it is here to start it again', async () => {
    using project = openProject(binary('restarts unless nobody would start it'))
    expect(await open(project.path)).toEqual({ exitCode: 1 })
  })

  it('gives Electron the project and what was meant for the program', async () => {
    using project = openProject(binary('tells its arguments'))
    const toStdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)

    try {
      await open(project.path, { args: ['--no-open', '--data', 'there', '--no-sandbox'] })
      expect(toStdout).toHaveBeenCalledWith(`arguments: --no-sandbox ${project.path} --data there\n`)
    } finally {
      toStdout.mockRestore()
    }
  })
})
