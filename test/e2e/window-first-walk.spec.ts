import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { startServer } from './headless-server.ts'
import { goTo, keepPicture, test, watchPage } from './served-window.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected } from './strip.ts'

const BROKEN = `export function greet({ kwargs }) {
  if (!kwargs.name) throw new Error('Tell me whom to greet')
  return 'Hello ' + kwargs.name
}
`
const MENDED = `export const greet = ({ kwargs }) => 'Hello ' + (kwargs.name ?? 'stranger')
export const marker = () => null
`

test('the first walk: start, submit, watch, fail, fix, retry, purge', async ({ page: window }) => {
  await using folder = await openTemporaryFolder()
  const greet = path.join(folder.path, 'tasks', 'greet.js')
  await mkdir(path.dirname(greet))
  await using server = await startServer(folder.path)
  const problems = watchPage(window, server.address)
  await window.goto(server.address)
  await expect(connected(window)).toBeVisible()

  // A handler is a file that is saved.
  await writeFile(greet, BROKEN)
  await goTo(window, 'Tasks')
  await expect(async () => {
    await submit(window, '{ "name": "Ada" }')
    await expect(window.getByRole('grid', { name: 'Tasks' })).toContainText('Succeeded', { timeout: 2000 })
  }).toPass()
  await open(window)
  await expect(drawer(window)).toContainText('Hello Ada')
  await window.keyboard.press('Escape')

  // It fails, and says why.
  await submit(window, '{}')
  await submit(window, '{ "nmae": "Bob" }')
  await expect.poll(() => server.count('default', ['failed'])).toBe(2)
  await window.getByRole('tab', { name: /^Failed/ }).click()
  // The list of before has another task on top.
  await expect(rows(window)).toHaveText([/Failed/, /Failed/])
  await open(window)
  await expect(drawer(window)).toContainText('Tell me whom to greet')
  await keepPicture(window, 'first-walk-failed')
  await window.keyboard.press('Escape')

  // The file is mended while Penstock runs, and what failed is run again.
  await writeFile(greet, MENDED)
  await expect
    .poll(async () => {
      const { handlers } = await server.call<{ handlers: { name: string }[] }>('/rpc/handlers', null)
      return handlers.map(({ name }) => name)
    })
    .toContain('marker')
  await goTo(window, 'Dead letters')
  await window.getByRole('row').filter({ hasText: 'Tell me whom to greet' }).first().click()
  await window
    .getByRole('checkbox', { name: /^Tick greet / })
    .first()
    .click()
  await window.getByRole('button', { name: 'Reprocess 1' }).click()
  await expect(window.getByRole('status').filter({ hasText: 'Running 1 again' })).toBeVisible()
  await expect.poll(() => server.count('default', ['succeeded'])).toBeGreaterThanOrEqual(2)

  // The other one is not worth it.
  const other = window.getByRole('checkbox', { name: /^Tick greet / })
  await expect(other).toHaveCount(1)
  await other.click()
  await window.getByRole('button', { name: 'Purge…' }).click()
  await window.getByRole('dialog').getByRole('button', { name: 'Delete 1' }).click()
  await expect(window.getByRole('main').getByText('Tell me whom to greet')).toHaveCount(0)
  await keepPicture(window, 'first-walk-done')
  expect(problems).toEqual([])
})

async function submit(window: Page, input: string): Promise<void> {
  await window.getByRole('button', { name: 'Submit task' }).first().click()
  const dialog = window.getByRole('dialog', { name: 'Submit a task' })
  await dialog.getByLabel('Handler').fill('greet')
  await dialog.getByLabel('Input (JSON)').fill(input)
  await dialog.getByLabel('Retries').fill('0')
  await dialog.getByText('Submit a task').click()
  await dialog.getByRole('button', { name: /^Submit task/ }).click()
  await expect(dialog).toBeHidden()
}

const rows = (window: Page) =>
  window.getByRole('grid', { name: 'Tasks' }).getByRole('row').filter({ hasText: 'greet' })

/** The newest one. */
const open = (window: Page) => rows(window).first().getByText('greet', { exact: true }).click()

const drawer = (window: Page) => window.getByRole('complementary', { name: 'Task greet' })
