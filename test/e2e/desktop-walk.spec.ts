import { expect, test, type Page } from '@playwright/test'
import { PAGES } from '../../src/renderer/app/pages.ts'
import { shareDesktop } from './shared-desktop.ts'
import { connected, shownAddress } from './strip.ts'

/** A slice of what the served window is tested for, through the port of the desktop window instead of HTTP. */

const desktopApp = shareDesktop()

const problems: string[] = []
let isWatched = false

async function openWindow(): Promise<Page> {
  const page = await desktopApp().firstWindow()
  if (!isWatched) {
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`)
    })
    isWatched = true
  }
  await expect(connected(page)).toBeVisible()
  return page
}

async function goTo(page: Page, title: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: new RegExp(`^${title}`) })
    .click()
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
}

async function submit(page: Page, handler: string, input: string): Promise<void> {
  await page.getByRole('button', { name: 'Submit task' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Submit a task' })
  await dialog.getByLabel('Handler').fill(handler)
  await dialog.getByLabel('Input (JSON)').fill(input)
  await dialog.getByLabel('Retries').fill('0')
  await dialog.getByText('Submit a task').click()
  await dialog.getByRole('button', { name: /^Submit task/ }).click()
  await expect(dialog).toBeHidden()
}

test('every page of the desktop window is read through its port', async () => {
  const page = await openWindow()
  for (const { title } of PAGES) {
    await goTo(page, title)
    await expect(page.locator('[aria-busy="true"]'), title).toHaveCount(0)
    await expect(page.getByRole('main').getByRole('alert'), title).toHaveCount(0)
  }
  expect(problems).toEqual([])
})

test('in the desktop window a task is submitted, followed, understood, edited and purged', async () => {
  const page = await openWindow()
  await goTo(page, 'Tasks')
  await expect(async () => {
    await submit(page, 'fail', '{ "message": "walked", "n": 9007199254740993, "token": "hunter2" }')
    await expect(page.getByRole('grid', { name: 'Tasks' })).toContainText('Failed', { timeout: 3000 })
  }).toPass()
  const row = page.getByRole('row').filter({ hasText: 'Failed' }).first()
  await row.getByText('fail', { exact: true }).click()
  const drawer = page.getByRole('complementary', { name: 'Task fail' })
  await expect(drawer).toContainText('walked')
  await drawer.getByRole('tab', { name: 'Data' }).click()
  await expect(drawer).toContainText('9007199254740993')
  await expect(drawer).not.toContainText('hunter2')
  await drawer.getByRole('button', { name: 'Edit and run again…' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit and run fail again' })
  await edit.getByLabel('Queue').fill('walked')
  await edit.getByText('Edit and run fail again').click()
  await edit.getByRole('button', { name: /^Run again/ }).click()
  await page
    .getByRole('status')
    .filter({ hasText: 'runs again as' })
    .getByRole('button', { name: 'Open' })
    .last()
    .click()
  await expect(drawer).toContainText('Failed')
  await expect(drawer).toContainText('9007199254740993')
  await page.keyboard.press('Escape')

  await goTo(page, 'Dead letters')
  const ofQueue = page.getByRole('tab', { name: /^walked/ })
  await ofQueue.click()
  // What is ticked before that belongs to all queues, and is let go of.
  await expect(ofQueue).toHaveAttribute('aria-selected', 'true')
  await page
    .getByRole('checkbox', { name: /^Tick / })
    .last()
    .click()
  // The list of all queues stands until that of the one has come.
  await expect(page.getByText('1 dead letter ticked')).toBeVisible()
  await page.getByRole('button', { name: 'Purge…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 1' }).click()
  await expect(page.getByText('No dead letters')).toBeVisible()
  expect(problems).toEqual([])
})

test('in the desktop window the palette leads on, and events come as they happen', async () => {
  const page = await openWindow()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
  await page.keyboard.type('events')
  await expect(page.getByRole('option', { selected: true })).toContainText('Events')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Events', level: 1 })).toBeVisible()
  const address = await shownAddress(page).innerText()
  const send = () =>
    fetch(`http://${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'sleep', queue: 'seen.live', payload: { ms: 1 } }),
    })
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(async () => (await send()).status).toBe(201)
  const events = page.getByRole('main').getByRole('link').filter({ hasText: 'seen.live' })
  await expect(events.filter({ hasText: 'succeeded' })).toBeVisible()
  await events.filter({ hasText: 'submitted' }).click()
  await expect(page.getByRole('complementary', { name: 'Task sleep' })).toContainText('Succeeded')
  expect(problems).toEqual([])
})
