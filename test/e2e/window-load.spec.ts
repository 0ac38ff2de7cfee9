import { expect } from '@playwright/test'
import type { HeadlessServer } from './headless-server.ts'
import { goTo, keepPicture, test } from './served-window.ts'

const TASKS = 1000
const UNFINISHED = ['scheduled', 'pending', 'running', 'retrying']

test('a thousand tasks submitted by a script complete while the window goes on working', async ({
  server,
  window,
}) => {
  const submitting = submitInParallel(server)
  let worked = 0
  do {
    await goTo(window, 'Events')
    await goTo(window, 'Overview')
    await window.keyboard.press('Control+k')
    await window.getByRole('dialog').getByRole('combobox').fill('tasks')
    await window.keyboard.press('Escape')
    await expect(window.getByRole('dialog')).toBeHidden()
    worked += 1
  } while ((await server.count('bulk', UNFINISHED)) > 0 || (await server.count('bulk', ['succeeded'])) === 0)
  await submitting

  // All of it was done at least once while tasks were running; else the load was too small to tell.
  expect(worked).toBeGreaterThan(1)
  await expect.poll(() => server.count('bulk', ['succeeded'])).toBe(TASKS)
  await goTo(window, 'Tasks')
  await window.getByRole('tab', { name: /^Succeeded/ }).click()
  // The head is a row too; rows out of sight count, though only those in sight exist.
  await expect(window.getByRole('grid', { name: 'Tasks' })).toHaveAttribute(
    'aria-rowcount',
    String(TASKS + 1),
  )
  await keepPicture(window, 'thousand-tasks-succeeded')
})

/** As a script would: twenty requests at a time. */
async function submitInParallel(server: HeadlessServer): Promise<void> {
  let left = TASKS
  const submitOnes = async () => {
    while (left > 0) {
      left -= 1
      await server.submit({ type: 'sleep', payload: { ms: 25 }, queue: 'bulk' })
    }
  }
  await Promise.all(Array.from({ length: 20 }, submitOnes))
}
