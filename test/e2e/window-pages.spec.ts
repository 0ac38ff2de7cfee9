import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { PAGES } from '../../src/renderer/app/pages.ts'
import { type HeadlessServer, startServer } from './headless-server.ts'
import { test, watchPage } from './served-window.ts'
import { fillShowcase, seedShowcase } from './showcase.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected } from './strip.ts'

const LARGE = { width: 1440, height: 900 }
const SMALLEST = { width: 900, height: 600 }

/** Fonts are ours; what differs from machine to machine is how edges are smoothed, and from run to run the hour. */
const SAME_LOOK = { maxDiffPixelRatio: 0.05, threshold: 0.25, animations: 'disabled' } as const

let stack: AsyncDisposableStack
let server: HeadlessServer
let known: Readonly<Record<'failed' | 'good' | 'workflow', string>>

interface Look {
  readonly title: string
  /** Of its heading, where that is not the title. */
  readonly heading?: string
  readonly path: () => string
}

/** Every page, and what opens from one and looks like none of them. */
const LOOKS: readonly Look[] = [
  ...PAGES.map(({ title, path }) => ({ title, path: () => path })),
  { title: 'Compare runs', path: () => `/tasks/compare?runs=${known.good}%2C${known.failed}` },
  { title: 'A failed task', heading: 'Tasks', path: () => `/tasks?task=${known.failed}` },
  { title: 'A queue', heading: 'emails', path: () => '/queues/emails' },
  { title: 'A workflow', heading: 'Workflows', path: () => `/workflows?open=${known.workflow}` },
]

test.beforeAll(async () => {
  stack = new AsyncDisposableStack()
  const folder = stack.use(await openTemporaryFolder())
  await seedShowcase(folder.path, Date.now())
  server = stack.use(await startServer(folder.path))
  await fillShowcase(server)
  known = await findKnown(server)
})
test.afterAll(() => stack.disposeAsync())

for (const { path, title, heading = title } of LOOKS)
  test(`${title} is as it was looked at, in both themes, and everybody can read it`, async ({ page }) => {
    const problems = watchPage(page, server.address)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize(LARGE)
    await page.goto(`${server.address}/#${path()}`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      await untilSettled(page, heading)
      await expect(page).toHaveScreenshot(`${title.toLowerCase().replaceAll(' ', '-')}-${colorScheme}.png`, {
        ...SAME_LOOK,
        mask: [page.locator('time'), page.locator('.recharts-wrapper')],
      })
      await expectReadable(page)
    }

    await page.setViewportSize(SMALLEST)
    await untilSettled(page, heading)
    await expectInside(page)
    await expectReadable(page)
    expect(problems).toEqual([])
  })

/** Runs that one can look at: two of one name, of which one failed, and a workflow. */
async function findKnown(broker: HeadlessServer) {
  interface Listed {
    readonly tasks: readonly { readonly id: string }[]
  }
  const newest = async (state: string) => {
    const query = { states: [state], name: 'send_email', limit: 1 }
    return (await broker.call<Listed>('/rpc/tasks/list', query)).tasks[0]!.id
  }
  const { workflows } = await broker.call<{ workflows: readonly { readonly id: string }[] }>(
    '/rpc/workflows/list',
    {},
  )
  return { failed: await newest('failed'), good: await newest('succeeded'), workflow: workflows[0]!.id }
}

async function untilSettled(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  await expect(connected(page)).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

/** Nothing sticks out of the window sideways. */
async function expectInside(page: Page): Promise<void> {
  const excess = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  // What is measured by a script has its new size a moment after the window has.
  await expect.poll(excess).toBeLessThanOrEqual(0)
}

async function expectReadable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target) }))).toEqual([])
}
