import path from 'node:path'
import type { Page } from 'playwright'
import { startChromium, type Chromium } from './chromium.ts'
import { lifecycle } from './lifecycle.ts'
import { routeSchemes } from './protocol.ts'

let started: Promise<Chromium> | null = null

/** The Chromium behind every window, from `ready` on. */
export const browser = {
  /** Tells where a test attaches. */
  async start(userData: string): Promise<string> {
    started = startChromium(path.join(userData, 'chromium'))
    const { context, endpoint } = await started
    context.on('close', () => {
      if (lifecycle.isEnding()) return
      process.stderr.write('Chromium has ended under the stand-in for electron\n')
      process.exit(70)
    })
    context.on('page', (page) => void lifecycle.untilEnding(() => closePopUp(page)))
    await routeSchemes(context)
    return endpoint
  },

  /** The first page is the one that Chromium opens with. */
  async openPage(): Promise<Page> {
    const { context } = await started!
    const [first] = context.pages()
    return first !== undefined && first.url() === 'about:blank' ? first : context.newPage()
  },

  /** For every origin; in Chromium's own names. They hold as long as the session that set them. */
  async setPermissions(
    permissions: readonly { readonly name: string; readonly isGranted: boolean }[],
  ): Promise<void> {
    const { context } = await started!
    const session = await context.browser()!.newBrowserCDPSession()
    for (const { name, isGranted } of permissions) {
      const setting = isGranted ? 'granted' : 'denied'
      await session.send('Browser.setPermission', { permission: { name }, setting })
    }
  },

  async close(): Promise<void> {
    const chromium = await started?.catch(() => null)
    await chromium?.context.close()
  },
}

/** The program has been asked, and may only refuse; Chromium has opened the page all the same. */
async function closePopUp(page: Page): Promise<void> {
  if ((await page.opener()) !== null) await page.close()
}
