import { expect, test as base, type Page } from '@playwright/test'
import { startServer, type HeadlessServer } from './headless-server.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected } from './strip.ts'

interface Fixtures {
  /** A headless server of the test's own, with nothing in it. */
  readonly server: HeadlessServer
  /** Its window, open on Overview. Whatever goes wrong inside it fails the test. */
  readonly window: Page
}

/** Tests of the window in a browser, on the headless server. */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from here
  server: async ({}, provide) => {
    await using folder = await openTemporaryFolder()
    await using server = await startServer(folder.path)
    await provide(server)
  },
  window: async ({ page, server }, provide) => {
    const problems = watchPage(page, server.address)
    await page.goto(server.address)
    await expect(connected(page)).toBeVisible()
    await provide(page)
    expect(problems).toEqual([])
  },
})

/** Collects whatever goes wrong inside the page, requests to other addresses than `address` among it. */
export function watchPage(page: Page, address: string): readonly string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const { url } = message.location()
    problems.push(`console: ${message.text()}${url === '' ? '' : ` (${url})`}`)
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== address && protocol !== 'data:') problems.push(`outward: ${request.url()}`)
  })
  return problems
}

export type PageName = 'Overview' | 'Tasks' | 'Queues' | 'Workers' | 'Dead letters' | 'Events'

/** Goes to a page of the window by its rail. */
export async function goTo(window: Page, page: PageName): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: new RegExp(`^${page}`) })
    .click()
  await expect(window.getByRole('heading', { name: page, level: 1 })).toBeVisible()
}

/** Goes to a page by its two keys, typed again where the machine paused so long between them that they are two words. */
export async function goByKeys(window: Page, page: PageName, keys: string): Promise<void> {
  await expect(async () => {
    for (const key of keys) await window.keyboard.press(key)
    await expect(window.getByRole('heading', { name: page, level: 1 })).toBeVisible({ timeout: 2000 })
  }).toPass()
}

/** Resolves once nothing of the page is on its way in: what is half faded in cannot be read yet. */
export async function untilStill(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    // One that is taken away before its end is rejected.
    await Promise.allSettled(passing.map(({ finished }) => finished))
  })
}

/** Keeps a picture of the window among the test's results, whether the test passes or fails. */
export async function keepPicture(window: Page, name: string): Promise<void> {
  await window.screenshot({ path: base.info().outputPath(`${name}.png`), animations: 'disabled' })
}
