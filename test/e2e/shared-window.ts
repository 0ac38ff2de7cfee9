import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Page } from '@playwright/test'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startServer, type HeadlessServer } from './headless-server.ts'
import { untilStill, watchPage } from './served-window.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected } from './strip.ts'

interface Fixtures {
  /** A window on the server that all these tests share. Whatever goes wrong inside it fails the test. */
  readonly window: Page
  /** Goes to a page by its address: `/schedules`. */
  readonly visit: (address: string) => Promise<void>
  /**
   * The test asks for what is refused, by this call alone where one is named; the browser notes every refusal as
   * a failed request.
   */
  readonly mayBeRefused: boolean | string
}

interface WorkerFixtures {
  /** One server for all tests of a run: each names its own queues, schedules and workflows. */
  readonly server: HeadlessServer
}

/** One handler that says its message in the two ways there are, and one that never ends by itself. */
const TELL = `
  export function tell({ kwargs: { message } }, context) {
    context.log.info(message)
    context.progress(0.5, { stage: 'telling', message })
  }
  export const deaf = () => new Promise(() => setInterval(() => {}, 1000))`

/** Tests of the window that need no server of their own, which makes them quick. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from here
    async ({}, provide) => {
      await using folder = await openTemporaryFolder()
      await mkdir(path.join(folder.path, 'tasks'))
      await writeFile(path.join(folder.path, 'tasks', 'tell.js'), TELL)
      await using server = await startServer(folder.path)
      await provide(server)
    },
    { scope: 'worker' },
  ],
  mayBeRefused: [false, { option: true }],
  window: async ({ page, server, mayBeRefused }, provide) => {
    const problems = watchPage(page, server.address)
    await provide(page)
    const mayBe = (problem: string) =>
      mayBeRefused !== false &&
      /status of 422/.test(problem) &&
      (mayBeRefused === true || problem.endsWith(`/rpc/${mayBeRefused})`))
    expect(problems.filter((problem) => !mayBe(problem))).toEqual([])
  },
  visit: async ({ window, server }, provide) => {
    await provide(async (address) => {
      await window.goto(`${server.address}/#${address}`)
      await expect(connected(window)).toBeVisible()
    })
  },
})

/**
 * What keeps somebody from using the page as it is; nothing, when it is well.
 * @param within a selector: of something open above the page, which belongs to no landmark of it
 */
export async function findBarriers(window: Page, within?: string) {
  await untilStill(window)
  const axe = new AxeBuilder({ page: window })
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target) }))
}

/** The toast that says so. */
export const toast = (window: Page, text: string | RegExp) =>
  window.getByRole('status').filter({ hasText: text })
