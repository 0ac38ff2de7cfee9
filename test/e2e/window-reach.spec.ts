import { expect, type Page } from '@playwright/test'
import { PAGES } from '../../src/renderer/app/pages.ts'
import { goByKeys, goTo, keepPicture } from './served-window.ts'
import { findBarriers, test, toast } from './shared-window.ts'

const dialog = (window: Page) => window.getByRole('dialog')

/** What is asked or shown above a page, and how it is opened. */
const QUESTIONS: readonly {
  readonly what: string
  readonly address: string
  readonly open: (window: Page) => Promise<void>
}[] = [
  {
    what: 'submit',
    address: '/',
    open: (window) => window.getByRole('button', { name: 'Submit task' }).first().click(),
  },
  { what: 'the palette', address: '/', open: (window) => window.keyboard.press('Control+k') },
  { what: 'the keys', address: '/', open: (window) => window.keyboard.press('?') },
  {
    what: 'edit and run again',
    address: '/tasks?queue=reach.dead',
    open: async (window) => {
      await window.getByRole('row').filter({ hasText: 'fail' }).getByText('fail', { exact: true }).click()
      await window.getByRole('button', { name: 'Edit and run again…' }).click()
    },
  },
  {
    what: 'delete',
    address: '/tasks?queue=reach.dead',
    open: async (window) => {
      await window.getByRole('row').filter({ hasText: 'fail' }).getByText('fail', { exact: true }).click()
      await window.getByRole('button', { name: 'Delete…' }).click()
    },
  },
  {
    what: 'settings of a queue',
    address: '/queues/reach.dead',
    open: (window) => window.getByRole('button', { name: 'Settings…' }).click(),
  },
  {
    what: 'purge of a queue',
    address: '/queues/reach.waiting',
    open: (window) => window.getByRole('button', { name: 'Purge…' }).click(),
  },
  {
    what: 'a new local worker',
    address: '/workers',
    open: (window) => window.getByRole('button', { name: 'Add local worker…' }).click(),
  },
  {
    what: 'a new workflow',
    address: '/workflows',
    open: (window) => window.getByRole('button', { name: 'New workflow…' }).first().click(),
  },
]

for (const colorScheme of ['light', 'dark'] as const)
  test(`everybody can read each question that is asked when it is ${colorScheme}`, async ({
    server,
    window,
    visit,
  }) => {
    test.setTimeout(120_000)
    if ((await server.count('reach.dead', ['failed'])) === 0)
      await server.submitMany([
        { name: 'fail', queue: 'reach.dead', kwargs: '{"message":"no","token":"x"}', maxRetries: 0 },
        { name: 'nobody_runs_this', queue: 'reach.waiting' },
      ])
    await expect.poll(() => server.count('reach.dead', ['failed'])).toBe(1)
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const { what, address, open } of QUESTIONS) {
      await visit(address)
      await open(window)
      await expect(dialog(window), what).toBeVisible()
      expect(await findBarriers(window), what).toEqual([])
      await keepPicture(window, `${what.replaceAll(' ', '-')}-${colorScheme}`)
      await window.keyboard.press('Escape')
      await expect(dialog(window), what).toBeHidden()
    }
  })

test('a task is submitted, found, opened, edited and run again without a pointer', async ({
  server,
  window,
  visit,
}) => {
  // It waits there until somebody cancels it, however long the keys take.
  await server.call('/rpc/queues/update', { name: 'reach.keys', changes: { concurrency: 1 } })
  await server.call('/rpc/queues/setPaused', { name: 'reach.keys', isPaused: true })
  await visit('/')
  const keys = window.keyboard
  await keys.press('Control+k')
  await keys.type('submit task')
  await keys.press('Enter')
  await expect(dialog(window)).toHaveAccessibleName('Submit a task')
  await expect(dialog(window).getByLabel('Handler')).toBeFocused()
  await keys.type('fail')
  // Escape is for the list; without one it would be for the dialog.
  await expect(window.getByRole('option', { name: 'fail' })).toBeVisible()
  await keys.press('Escape')
  await expect(window.getByRole('option')).toHaveCount(0)
  await expect(dialog(window)).toBeVisible()
  await keys.press('Tab')
  await keys.type('reach.keys')
  await keys.press('Control+Enter')
  await expect(dialog(window)).toBeHidden()

  await goByKeys(window, 'Tasks', 'gt')
  await keys.press('/')
  await keys.type('queue:reach.keys ')
  await expect(window).toHaveURL(/queue=reach\.keys/)
  const grid = window.getByRole('grid', { name: 'Tasks' })
  // The list of before has no such row, or others with it: this one is in the head's company alone.
  await expect(grid.getByRole('row')).toHaveCount(2)
  await expect(grid.getByRole('row').nth(1)).toContainText('Pending')
  await keys.press('Escape')
  await keys.press('Escape')
  await expect(grid).toBeFocused()
  await keys.press('j')
  await keys.press('Enter')
  const drawer = window.getByRole('complementary', { name: 'Task fail' })
  await expect(drawer.getByRole('heading', { name: 'fail' })).toBeFocused()
  await expect(drawer.getByRole('button', { name: 'Cancel', exact: true })).toBeVisible()
  await drawer.getByRole('button', { name: 'Cancel', exact: true }).focus()
  await keys.press('Enter')
  await expect.poll(() => server.count('reach.keys', ['cancelled'])).toBe(1)
  await expect(drawer.getByRole('button', { name: 'Run again', exact: true })).toBeEnabled()
  await drawer.getByRole('button', { name: 'Run again', exact: true }).focus()
  await keys.press('Tab')
  await expect(drawer.getByRole('button', { name: 'Edit and run again…' })).toBeFocused()
  await keys.press('Enter')
  await expect(dialog(window)).toBeVisible()
  await keys.press('Control+Enter')
  await expect(toast(window, /fail runs again as/)).toBeVisible()
  await keys.press('Escape')
  await expect(drawer).toBeHidden()
})

test('the page is left as it is by who wants no motion, and nothing is animated', async ({
  window,
  visit,
}) => {
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await visit('/tasks')
  await window.keyboard.press('Control+k')
  await expect(dialog(window)).toBeVisible()
  const animated = await window.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  )
  expect(animated).toBe(0)
})

test('with text of twice the size every page still fits, and all of it can be reached', async ({
  window,
  visit,
}) => {
  await window.setViewportSize({ width: 1600, height: 1000 })
  // As somebody sets it in their browser or system: everything that is measured by text grows with it.
  const devtools = await window.context().newCDPSession(window)
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
  await visit('/')
  expect(await window.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
  for (const { title, path } of PAGES) {
    await visit(path)
    await expect(window.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    await expect(window.locator('[aria-busy="true"]')).toHaveCount(0)
    await keepPicture(window, `twice-${title.toLowerCase().replaceAll(' ', '-')}`)
    const excess = () =>
      window.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        const main = document.querySelector('main')!
        return { window: scrollWidth - clientWidth, page: main.scrollWidth - main.clientWidth }
      })
    await expect.poll(excess, title).toEqual({ window: 0, page: 0 })
    // The foot of the rail is the furthest of what leads elsewhere.
    await goTo(window, 'Overview')
    const last = window.getByRole('link', { name: 'Settings' })
    await last.scrollIntoViewIfNeeded()
    await expect(last).toBeInViewport()
  }
})
