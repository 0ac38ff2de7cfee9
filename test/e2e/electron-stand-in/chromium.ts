import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type BrowserContext } from 'playwright'

export interface Chromium {
  readonly context: BrowserContext
  /** Where a test attaches. */
  readonly endpoint: string
}

// The close event of message ports is an extension of Electron's: Chromium has it, switched off.
const ARGS = [
  '--remote-debugging-port=0',
  '--enable-blink-features=MessagePortCloseEvent',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
]

/** Where Chromium writes its port, in the profile. */
const PORT_FILE = 'DevToolsActivePort'

/** A Chromium of the program's own. It ends with this process, however that ends. */
export async function startChromium(profileFolder: string): Promise<Chromium> {
  const executablePath = process.env['PENSTOCK_CHROMIUM']
  // That of the Chromium before, which nobody answers at any more.
  await rm(path.join(profileFolder, PORT_FILE), { force: true })
  const context = await chromium.launchPersistentContext(profileFolder, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ARGS,
    headless: process.env['HEADED'] !== '1',
    chromiumSandbox: process.getuid?.() !== 0,
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  return { context, endpoint: await readEndpoint(profileFolder) }
}

/** Chromium writes its port into the profile, at some time while it starts. */
async function readEndpoint(profileFolder: string): Promise<string> {
  const file = path.join(profileFolder, PORT_FILE)
  for (;;) {
    const [, port] = /^(\d+)\n/.exec(await readFile(file, 'utf8').catch(() => '')) ?? []
    if (port !== undefined) return `http://127.0.0.1:${port}`
    await wait(20)
  }
}
