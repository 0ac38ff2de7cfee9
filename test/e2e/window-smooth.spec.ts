import path from 'node:path'
import { expect } from '@playwright/test'
import { seedTasks } from '../bench/seed-tasks.ts'
import { quietestWork } from './frame-trace.ts'
import { type HeadlessServer, startServer } from './headless-server.ts'
import { goTo, test, watchPage } from './served-window.ts'
import { openTemporaryFolder } from './temporary-folder.ts'

/** A frame that takes longer is seen as a stutter (design, "Quality bar"). */
const LONGEST_FRAME_MS = 50
const MANY = 100_000
const EVENTS = 25_000

// Playwright's own trace takes pictures of the page on its main thread.
test.use({ trace: 'off' })

test.describe('with a hundred thousand tasks', () => {
  test('the list scrolls from end to end without a stutter', async ({ page }) => {
    await using folder = await openTemporaryFolder()
    await seedTasks(path.join(folder.path, 'data'), MANY, 'succeeded')
    await using server = await startServer(folder.path)
    const problems = watchPage(page, server.address)
    await page.goto(`${server.address}/#/tasks`)
    const grid = page.getByRole('grid', { name: 'Tasks' })
    await expect(grid.getByRole('row').nth(5)).toBeVisible()
    await grid.hover()

    const work = await quietestWork(page, LONGEST_FRAME_MS, async () => {
      for (let turn = 0; turn < 60; turn += 1) {
        await page.mouse.wheel(0, turn < 40 ? 3000 : -3000)
        // The rows that are in sight now, once their page has come.
        await expect(grid.getByRole('row').filter({ hasText: 'seeded' }).first()).toBeVisible()
      }
    })

    test.info().annotations.push({ type: 'work', description: JSON.stringify(work) })
    expect(work.pieces).toBeGreaterThan(100)
    expect(work.longestMs).toBeLessThan(LONGEST_FRAME_MS)
    expect(await grid.getByRole('row').count()).toBeLessThan(200)
    expect(problems).toEqual([])
  })
})

test.describe('while thousands of events a second come', () => {
  for (const name of ['Overview', 'Tasks', 'Events'] as const)
    test(`${name} draws every frame in time`, async ({ server, window }) => {
      await goTo(window, name)
      let rate = 0
      const work = await quietestWork(window, LONGEST_FRAME_MS, async () => {
        rate = await flood(server)
      })
      test
        .info()
        .annotations.push({ type: 'work', description: JSON.stringify({ ...work, eventsASecond: rate }) })
      expect(work.pieces).toBeGreaterThan(100)
      expect(work.longestMs).toBeLessThan(LONGEST_FRAME_MS)
    })
})

/** Submits tasks until so many events have happened. @returns events a second. */
async function flood(server: HeadlessServer): Promise<number> {
  const startedAt = performance.now()
  const first = await server.lastSeq()
  let seq = first
  while (seq - first < EVENTS) {
    await server.submitMany(Array.from({ length: 250 }, () => ({ name: 'sleep', kwargs: '{"ms":0}' })))
    seq = await server.lastSeq()
  }
  return Math.round(((seq - first) / (performance.now() - startedAt)) * 1000)
}
