import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ensureChromium } from '../../scripts/ensure-chromium.mjs'
import { openWritableFolder } from './writable-folder.ts'

const RUNS = '#!/bin/sh\necho Chromium 1.0\n'
const LACKS_LIBRARIES = '#!/bin/sh\nexit 127\n'

/** A machine with nothing but what a test puts on it: a project with Playwright, and a PATH. */
function openMachine({ userId = 1000 } = {}) {
  const folder = openWritableFolder()
  const place = (name: string) => path.join(folder.path, name)
  folder.write({
    'bin/.keep': '',
    'node_modules/playwright-core/index.js': `exports.chromium = { executablePath: () => ${JSON.stringify(place('own/chrome'))} }`,
    'node_modules/playwright-core/cli.js': 'process.exit(1)',
  })
  vi.stubEnv('PATH', place('bin'))
  vi.stubEnv('PENSTOCK_CHROMIUM', undefined)
  vi.spyOn(process, 'getuid').mockReturnValue(userId)
  return {
    place,
    write: folder.write,
    ensure: () => ensureChromium(folder.path, process.execPath),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

/** A playwright-core whose `install` downloads the executable given. */
const downloading = (executable: string) => ({
  'node_modules/playwright-core/cli.js': `const fs = require('node:fs')
fs.mkdirSync('own')
fs.writeFileSync('own/chrome', ${JSON.stringify(executable)}, { mode: 0o755 })`,
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

// The fake programs are shell scripts.
describe.skipIf(process.platform !== 'linux')('ensureChromium', () => {
  it('takes the one that PENSTOCK_CHROMIUM names, and no other', async () => {
    using machine = openMachine()
    machine.write({ 'mine/chromium': RUNS }, 0o755)
    vi.stubEnv('PENSTOCK_CHROMIUM', machine.place('mine/chromium'))
    expect(await machine.ensure()).toBe(machine.place('mine/chromium'))

    vi.stubEnv('PENSTOCK_CHROMIUM', machine.place('mine/nothing'))
    await expect(machine.ensure()).rejects.toThrow('does not run')
  })

  it('takes Playwright’s own when it is there', async () => {
    using machine = openMachine()
    machine.write({ 'own/chrome': RUNS, 'bin/chromium': RUNS }, 0o755)

    expect(await machine.ensure()).toBe(machine.place('own/chrome'))
  })

  it('downloads Playwright’s own when it can', async () => {
    using machine = openMachine()
    machine.write(downloading(RUNS))

    expect(await machine.ensure()).toBe(machine.place('own/chrome'))
  })

  it('takes an installed one when nothing can be downloaded', async () => {
    using machine = openMachine()
    machine.write({ 'bin/google-chrome': RUNS }, 0o755)

    expect(await machine.ensure()).toBe(machine.place('bin/google-chrome'))
  })

  it('takes an installed one when the downloaded one lacks system libraries', async () => {
    using machine = openMachine()
    machine.write(downloading(LACKS_LIBRARIES))
    machine.write({ 'bin/chromium': RUNS }, 0o755)

    expect(await machine.ensure()).toBe(machine.place('bin/chromium'))
  })

  it('installs Debian’s package as root', async () => {
    using machine = openMachine({ userId: 0 })
    const chromium = machine.place('bin/chromium')
    const install = `#!/bin/sh\nif [ "$1" = install ]; then printf '#!/bin/sh\\n' > ${chromium}; /bin/chmod 755 ${chromium}; fi\n`
    machine.write({ 'bin/apt-get': install }, 0o755)

    expect(await machine.ensure()).toBe(chromium)
  })

  it('says what to do when there is none, and installs nothing as somebody else', async () => {
    using machine = openMachine()
    machine.write({ 'bin/apt-get': `#!/bin/sh\n: > ${machine.place('touched')}\n` }, 0o755)

    await expect(machine.ensure()).rejects.toThrow('install Chromium or Chrome')
    expect(existsSync(machine.place('touched'))).toBe(false)
  })
})
