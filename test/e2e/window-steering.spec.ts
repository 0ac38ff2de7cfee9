import { expect, type Page } from '@playwright/test'
import { goByKeys, goTo, keepPicture, test } from './served-window.ts'

const rowOf = (window: Page, name: string) => window.getByRole('row').filter({ hasText: name })
const toast = (window: Page, text: string | RegExp) => window.getByRole('status').filter({ hasText: text })

test('a queue is paused, set up and purged from the window', async ({ server, window }) => {
  await goTo(window, 'Queues')
  await server.submit({ type: 'demo', queue: 'mail', payload: { message: 'Hello', count: 1 } })
  // One that has not begun yet would wait with the others.
  await expect.poll(() => server.count('mail', ['succeeded'])).toBe(1)
  const row = rowOf(window, 'mail')
  await row.getByRole('button', { name: 'Pause mail' }).click()
  await expect(row).toContainText('Paused')
  for (let count = 0; count < 3; count += 1)
    await server.submit({ type: 'demo', queue: 'mail', payload: { message: 'Hello', count: 1 } })
  await expect(row.getByRole('cell', { name: '3', exact: true }).first()).toBeVisible()

  await row.getByRole('link', { name: 'mail' }).click()
  await expect(window.getByRole('heading', { name: 'mail', level: 1 })).toBeVisible()
  await window.getByRole('button', { name: 'Settings…' }).click()
  const settings = window.getByRole('dialog', { name: 'Settings of mail' })
  await settings.getByLabel('Timeout of an attempt').fill('soon')
  await expect(settings.getByText('A duration as 500ms, 30s, 5m or 1h30m, or empty.')).toBeVisible()
  await settings.getByLabel('Timeout of an attempt').fill('45s')
  await settings.getByLabel('Runs at once').fill('2')
  await settings.getByRole('button', { name: 'Save' }).click()
  await expect(settings).toBeHidden()
  await expect(window.getByRole('region', { name: 'Settings' })).toContainText('45 s')

  await window.getByRole('button', { name: 'Throughput as a table' }).click()
  await expect(window.getByRole('region', { name: 'Throughput, as a table' })).toContainText('(so far)')
  await keepPicture(window, 'queue')

  await window.getByRole('button', { name: 'Purge…' }).click()
  const question = window.getByRole('dialog', { name: 'Purge mail?' })
  await expect(question).toContainText('the 3 tasks that wait')
  await question.getByRole('button', { name: 'Delete 3' }).click()
  await expect(toast(window, 'Deleted 3 waiting tasks of mail')).toBeVisible()
  expect(await server.count('mail', ['pending'])).toBe(0)
})

test('what was paused by mistake is undone from what the window says', async ({ server, window }) => {
  await server.submit({ type: 'demo', payload: { message: 'Hello', count: 1 } })
  await goTo(window, 'Queues')
  await window.getByRole('button', { name: 'Pause default' }).click()
  await toast(window, 'Paused default').getByRole('button', { name: 'Undo' }).click()
  await expect(window.getByRole('button', { name: 'Pause default' })).toBeVisible()
})

test('a worker is added, watched, resized and removed', async ({ server, window }) => {
  await goTo(window, 'Workers')
  await window.getByRole('button', { name: 'Add local worker…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Add a local worker' })
  await dialog.getByLabel('Name').fill('night')
  await dialog.getByLabel('Threads').fill('2')
  await dialog.getByLabel('Queues').fill('nightly')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const row = rowOf(window, 'nightly')
  await expect(row).toContainText('0 / 2')

  // More than all other threads can take.
  await server.submitMany(
    Array.from({ length: 40 }, () => ({ name: 'sleep', queue: 'nightly', kwargs: '{"seconds":60}' })),
  )
  await expect(row).toContainText('2 / 2')
  await expect(row).toContainText('Active')
  await row.getByRole('button', { name: /^What .* runs$/ }).click()
  await expect(window.getByRole('main').getByRole('link', { name: 'sleep' }).first()).toBeVisible()
  await keepPicture(window, 'workers')

  await row.getByRole('button', { name: /^More for/ }).click()
  await window.getByRole('menuitem', { name: 'Resize…' }).click()
  await window.getByLabel('Tasks at once').fill('3')
  await window.getByRole('button', { name: 'Resize', exact: true }).click()
  await expect(row).toContainText('3 / 3')

  await row.getByRole('button', { name: /^More for/ }).click()
  await window.getByRole('menuitem', { name: 'Remove…' }).click()
  const question = window.getByRole('dialog', { name: /^Remove/ })
  await expect(question).toContainText('finishes 3 running tasks')
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(toast(window, 'Removed')).toBeVisible()
})

test('dead letters are run again by group and purged one by one', async ({ server, window }) => {
  for (const message of ['printer 1 on fire', 'printer 2 on fire', 'no paper'])
    await server.submit({ type: 'fail', queue: 'print', payload: { message }, max_retries: 0 })
  await expect.poll(() => server.count('print', ['failed'])).toBe(3)
  await goTo(window, 'Dead letters')
  const fire = rowOf(window, 'on fire').first()
  await expect(fire.getByRole('cell', { name: '2', exact: true })).toBeVisible()

  await fire.getByRole('checkbox').click()
  await window.getByRole('button', { name: 'Reprocess 2' }).click()
  await expect(toast(window, 'Running 2 again')).toBeVisible()
  await expect(window.getByRole('region', { name: 'What came of those run again' })).toContainText(
    '2 failed again',
  )

  await rowOf(window, 'no paper').first().click()
  await window.getByRole('checkbox', { name: /^Tick fail / }).click()
  await window.getByRole('button', { name: 'Purge…' }).click()
  const question = window.getByRole('dialog', { name: 'Purge 1 dead letter?' })
  await expect(question).toContainText('This cannot be undone.')
  await question.getByRole('button', { name: 'Delete 1' }).click()
  await expect(rowOf(window, 'no paper')).toHaveCount(0)
  await keepPicture(window, 'dead-letters')
})

test('lists of queues are walked by keys alone', async ({ server, window }) => {
  await server.submit({ type: 'demo', queue: 'a', payload: { message: 'Hello', count: 1 } })
  await server.submit({ type: 'demo', queue: 'b', payload: { message: 'Hello', count: 1 } })
  await expect(window.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await goByKeys(window, 'Queues', 'gq')
  await expect(rowOf(window, 'a').first()).toBeVisible()
  await expect(rowOf(window, 'b').first()).toBeVisible()
  await window.keyboard.press('j')
  await window.keyboard.press('j')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { name: 'b', level: 1 })).toBeVisible()
})

test('everything that matches a filter is cancelled at once, and what came of it is said', async ({
  server,
  window,
}) => {
  await goTo(window, 'Queues')
  await server.submit({ type: 'demo', queue: 'bulk', payload: { message: 'Hello', count: 1 } })
  await expect.poll(() => server.count('bulk', ['succeeded'])).toBe(1)
  await window.getByRole('button', { name: 'Pause bulk' }).click()
  await expect(toast(window, 'Paused bulk')).toBeVisible()
  await server.submitMany(Array.from({ length: 250 }, () => ({ name: 'sleep', queue: 'bulk' })))
  await goTo(window, 'Tasks')
  await window.getByRole('tab', { name: /^Pending/ }).click()
  // The list of before is ticked otherwise, and its ticks go with it.
  await expect(window.getByText('First 100 of 250')).toBeVisible()
  await window.getByRole('checkbox', { name: 'Tick all loaded tasks' }).click()
  await window.getByRole('button', { name: 'Tick all 250 that match' }).click()
  await window.getByRole('button', { name: 'Cancel', exact: true }).click()
  await window
    .getByRole('dialog')
    .getByRole('button', { name: /^Ask to stop|^Cancel 250/ })
    .click()

  await expect(toast(window, 'Cancelled 250')).toBeVisible()
  expect(await server.count('bulk', ['cancelled'])).toBe(250)
})
