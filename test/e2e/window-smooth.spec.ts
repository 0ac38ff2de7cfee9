import path from 'node:path'
import { expect } from '@playwright/test'
import { seedTasks } from '../bench/seed-tasks.ts'
import { type Step, traceSteps } from './frame-trace.ts'
import { type HeadlessServer, startServer } from './headless-server.ts'
import { goTo, test, watchPage } from './served-window.ts'
import { openTemporaryFolder } from './temporary-folder.ts'

/** A frame that takes longer is seen as a stutter (design, "Quality bar"). */
const LONGEST_FRAME_MS = 50
const MANY = 100_000
/** Of one step; it lasts for so long at least that what the window does once a second it does in each. */
const EVENTS = 6250
const STEP_MS = 1200
const STEPS = 4

// A step that the machine has met is taken again.
test.describe.configure({ timeout: 180_000 })
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

    const scroll =
      (turns: number, by: number): Step =>
      async () => {
        for (let turn = 0; turn < turns; turn += 1) {
          await page.mouse.wheel(0, by)
          // The rows that are in sight now, once their page has come.
          await expect(grid.getByRole('row').filter({ hasText: 'seeded' }).first()).toBeVisible()
        }
      }
    const down = Array.from({ length: 4 }, () => scroll(10, 3000))
    const up = Array.from({ length: 2 }, () => scroll(10, -3000))
    const work = await traceSteps(page, LONGEST_FRAME_MS, [...down, ...up])

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
      const rates: number[] = []
      const steps = Array.from({ length: STEPS }, () => async () => void rates.push(await flood(server)))
      const work = await traceSteps(window, LONGEST_FRAME_MS, steps)
      const description = JSON.stringify({ ...work, eventsASecond: rates })
      test.info().annotations.push({ type: 'work', description })
      expect(work.pieces).toBeGreaterThan(100)
      expect(work.longestMs).toBeLessThan(LONGEST_FRAME_MS)
    })
})

/** Submits tasks until so many events have happened, and for so long. @returns events a second. */
async function flood(server: HeadlessServer): Promise<number> {
  const startedAt = performance.now()
  const first = await server.lastSeq()
  let seq = first
  while (seq - first < EVENTS || performance.now() - startedAt < STEP_MS) {
    await server.submitMany(Array.from({ length: 250 }, () => ({ name: 'sleep', kwargs: '{"ms":0}' })))
    seq = await server.lastSeq()
  }
  return Math.round(((seq - first) / (performance.now() - startedAt)) * 1000)
}
