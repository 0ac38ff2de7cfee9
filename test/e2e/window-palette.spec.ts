import { expect, type Page } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { test, toast } from './shared-window.ts'

/** Types into the palette and takes the entry of that name. */
const choose = async (window: Page, text: string, entry: string) => {
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Go to' }).fill(text)
  await window
    .getByRole('option', { name: new RegExp(`^${entry}`) })
    .first()
    .click()
}

test('a queue is paused, resumed, opened and purged from the palette', async ({ server, window, visit }) => {
  await server.submitMany(Array.from({ length: 3 }, () => ({ name: 'nobody_runs_this', queue: 'steered' })))
  await visit('/')
  await choose(window, 'pause steered', 'Pause steered')
  await toast(window, 'Paused steered').getByRole('button', { name: 'Undo' }).click()
  await expect(toast(window, 'Resumed steered')).toBeVisible()

  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Go to' }).fill('steered')
  await expect(window.getByRole('option', { name: 'Purge steered…' })).toContainText('3 tasks waiting')
  await keepPicture(window, 'palette-queue')
  await window.getByRole('option', { name: 'Purge steered…' }).click()
  const question = window.getByRole('dialog', { name: 'Purge steered?' })
  await expect(question).toContainText('the 3 tasks that wait')
  await question.getByRole('button', { name: 'Delete 3' }).click()
  await expect(toast(window, 'Deleted 3 waiting tasks of steered')).toBeVisible()
  expect(await server.count('steered', ['pending'])).toBe(0)

  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Go to' }).fill('purge steered')
  // Told by the broker after what was done is said.
  const emptied = window.getByRole('option', { name: 'Purge steered…' })
  await expect(emptied).toContainText('nothing waits')
  await emptied.click()
  await expect(toast(window, 'Nothing waits in steered.')).toBeVisible()
  await choose(window, 'steered', 'Open steered')
  await expect(window.getByRole('heading', { name: 'steered', level: 1 })).toBeVisible()
})

test('a worker is paused and drained from the palette', async ({ server, window, visit }) => {
  await server.call('/rpc/workers/addLocal', { name: 'steerable', threads: 1, queues: ['elsewhere'] })
  const status = async () => {
    const workers = await server.call<readonly { id: string; status: string }[]>('/rpc/workers/list', null)
    return workers.find(({ id }) => id.startsWith('steerable-'))?.status
  }
  await visit('/')
  await choose(window, 'pause steerable', 'Pause steerable')
  await expect.poll(status).toBe('paused')
  await choose(window, 'resume steerable', 'Resume steerable')
  await expect.poll(status).toBe('idle')
  await choose(window, 'drain steerable', 'Drain steerable')
  await expect(toast(window, 'takes no more tasks and finishes 0 tasks')).toBeVisible()
  // With nothing to finish it has drained at once.
  await expect.poll(status).toMatch(/^(draining|offline)$/)
})

test('every page, submit and the theme are one word away, and the help lists the keys of tables', async ({
  window,
  visit,
}) => {
  await visit('/')
  for (const page of ['Workflows', 'Schedules', 'Analytics', 'Alerts', 'API', 'Settings']) {
    await choose(window, page, page)
    await expect(window.getByRole('heading', { name: page, level: 1 })).toBeVisible()
  }
  await choose(window, 'theme dark', 'Theme: dark')
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
  await choose(window, 'submit a task', 'Submit a task…')
  await expect(window.getByRole('dialog', { name: 'Submit' })).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toBeHidden()
  await window.keyboard.press('?')
  const help = window.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const tables = help.locator('section').filter({ hasText: 'In every table' })
  for (const line of ['Next row', 'Previous row', 'Open the row', 'Tick the row'])
    await expect(tables).toContainText(line)
})
