import { expect } from '@playwright/test'
import type { HeadlessServer } from './headless-server.ts'
import { goTo, keepPicture, test } from './served-window.ts'

const TASKS = 1000
const UNFINISHED = ['scheduled', 'pending', 'running', 'retrying']

test('a thousand tasks submitted by a script complete while the window goes on working', async ({
  server,
  window,
}) => {
  let worked = 0
  // As long as the window takes, there is something under way: a machine may be quick, or its browser late.
  const submitting = submitInParallel(server, () => worked > 1)
  do {
    await goTo(window, 'Events')
    await goTo(window, 'Overview')
    await window.keyboard.press('Control+k')
    await window.getByRole('dialog').getByRole('combobox').fill('tasks')
    await window.keyboard.press('Escape')
    await expect(window.getByRole('dialog')).toBeHidden()
    worked += 1
  } while (worked < 2 || (await server.count('bulk', UNFINISHED)) > 0)
  const submitted = await submitting

  await expect.poll(() => server.count('bulk', ['succeeded']), { timeout: 30_000 }).toBe(submitted)
  await goTo(window, 'Tasks')
  await window.getByRole('tab', { name: /^Succeeded/ }).click()
  // The head is a row too; rows out of sight count, though only those in sight exist.
  await expect(window.getByRole('grid', { name: 'Tasks' })).toHaveAttribute(
    'aria-rowcount',
    String(submitted + 1),
  )
  await keepPicture(window, 'thousand-tasks-succeeded')
})

/** As a script would: twenty requests at a time, and as many again as are needed. @returns how many. */
async function submitInParallel(server: HeadlessServer, isEnough: () => boolean): Promise<number> {
  let submitted = 0
  const submitOnes = async () => {
    while (submitted < TASKS || !isEnough()) {
      submitted += 1
      await server.submit({ type: 'sleep', payload: { ms: 25 }, queue: 'bulk' })
    }
  }
  await Promise.all(Array.from({ length: 20 }, submitOnes))
  return submitted
}
