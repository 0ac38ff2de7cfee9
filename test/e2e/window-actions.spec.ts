import { expect, type Page } from '@playwright/test'
import { goTo, keepPicture, test } from './served-window.ts'

/** Opens the submit dialog and fills in what is given. */
async function openSubmit(window: Page, fields: { Handler: string; 'Input (JSON)'?: string }) {
  await window.getByRole('button', { name: 'Submit task' }).first().click()
  const dialog = window.getByRole('dialog', { name: 'Submit a task' })
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value)
  // The list of handlers is open over the form after typing.
  await dialog.getByText('Submit a task').click()
  return dialog
}

/** The row of the task of that name, on the page Tasks. */
const rowOf = (window: Page, name: string) => window.getByRole('row').filter({ hasText: name })

test('a task is submitted from the window, and opened from what it says then', async ({ window }) => {
  await goTo(window, 'Tasks')
  const dialog = await openSubmit(window, {
    Handler: 'sleep',
    'Input (JSON)': '{ "ms": 5, "id": 12345678901234567890 }',
  })
  await dialog.getByRole('button', { name: /^Submit task/ }).click()

  await expect(dialog).toBeHidden()
  const toast = window.getByRole('status').filter({ hasText: 'Submitted sleep' })
  await toast.getByRole('button', { name: 'Open' }).click()
  const drawer = window.getByRole('complementary', { name: 'Task sleep' })
  await expect(drawer.getByText('Succeeded').first()).toBeVisible()
  // Not a digit is lost on the way there and back.
  await expect(drawer).toContainText('12345678901234567890')
})

test('bad input is explained where it is typed, and nothing is sent', async ({ server, window }) => {
  const dialog = await openSubmit(window, { Handler: '', 'Input (JSON)': '{ "ms": }' })
  await dialog.getByLabel('Priority').fill('11')
  await dialog.getByLabel('Queue').fill('no spaces')
  await dialog.getByRole('button', { name: /^Submit task/ }).click()

  await expect(dialog.getByText('Say which handler runs it.')).toBeVisible()
  await expect(dialog.getByText('A whole number from 0 to 10.')).toBeVisible()
  await expect(dialog.getByText('Letters, digits and _ . : - only; at most 128.')).toBeVisible()
  await expect(dialog.getByLabel('Input (JSON)')).toHaveAccessibleDescription(/Line 1, column/)
  await expect(dialog).toBeVisible()
  await keepPicture(window, 'bad-input')
  expect(await server.count('default', ['pending', 'running', 'succeeded', 'failed'])).toBe(0)
})

test('a running task is cancelled from the window', async ({ server, window }) => {
  await goTo(window, 'Tasks')
  await server.submit({ type: 'sleep', payload: { seconds: 60 } })
  const row = rowOf(window, 'sleep')
  await expect(row).toContainText('Running')
  await row.getByText('sleep', { exact: true }).click()
  const drawer = window.getByRole('complementary', { name: 'Task sleep' })

  await drawer.getByRole('button', { name: 'Cancel…' }).click()
  await window.getByRole('dialog').getByRole('button', { name: 'Ask to stop' }).click()

  await expect(row).toContainText('Cancelled')
  await expect.poll(() => server.count('default', ['cancelled'])).toBe(1)
})

test('a failed task tells why, and is run again as a new one', async ({ server, window }) => {
  await goTo(window, 'Tasks')
  const failedId = await server.submit({
    type: 'fail',
    payload: { message: 'the printer is on fire' },
    max_retries: 0,
  })
  await rowOf(window, 'fail').getByText('fail', { exact: true }).click()
  const drawer = window.getByRole('complementary', { name: 'Task fail' })
  await expect(drawer).toContainText('the printer is on fire')
  await keepPicture(window, 'failed-task')

  await drawer.getByRole('button', { name: 'Run again', exact: true }).click()

  await expect.poll(() => server.count('default', ['failed'])).toBe(2)
  // The first one stays as it was: a replay is another task.
  await expect(window).toHaveURL(new RegExp(failedId))
  await expect(drawer).toContainText('the printer is on fire')
})

test('the sample load runs from the first page, and is taken away again', async ({ server, window }) => {
  const panel = window.getByRole('region', { name: 'Sample load' })
  await panel.getByRole('button', { name: 'Run the sample load' }).click()

  await expect(panel.getByRole('progressbar', { name: 'Sample tasks sent' })).toBeVisible()
  await expect.poll(() => server.count('sample', ['succeeded'])).toBeGreaterThan(20)
  await panel.getByRole('button', { name: 'Stop and remove' }).click()

  await expect(window.getByRole('status').filter({ hasText: /Removed \d+ sample tasks/ })).toBeVisible()
  await expect.poll(() => server.count('sample', ['pending', 'scheduled', 'retrying'])).toBe(0)
})

test('a task is edited and run again, and the change is seen before it is sent', async ({
  server,
  window,
}) => {
  await goTo(window, 'Tasks')
  await server.submit({ type: 'fail', payload: { message: 'first', password: 'hunter2' }, max_retries: 0 })
  await rowOf(window, 'fail').getByText('fail', { exact: true }).click()
  const drawer = window.getByRole('complementary', { name: 'Task fail' })
  await expect(drawer).toContainText('first')
  await expect(drawer.getByRole('region', { name: 'Input' })).not.toContainText('hunter2')
  await drawer.getByRole('button', { name: 'Copy the input' }).click()
  await expect(window.getByRole('status').filter({ hasText: '1 secret in it masked' })).toBeVisible()

  await drawer.getByRole('button', { name: 'Edit and run again…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Edit and run fail again' })
  await dialog.getByLabel('Keyword arguments (kwargs)').fill('{\n  "message": "second"\n}')
  const change = dialog.getByRole('region', { name: 'What is changed in the input' })
  await expect(change).toContainText(/− +"message": "first"/)
  await expect(change).toContainText(/\+ +"message": "second"/)
  await keepPicture(window, 'edit-and-run-again')
  await dialog.getByRole('button', { name: /^Run again/ }).click()

  await expect.poll(() => server.count('default', ['failed'])).toBe(2)
})
