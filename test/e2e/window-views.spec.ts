import { expect } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { findBarriers, test, toast } from './shared-window.ts'

test('tasks are filtered by when they were submitted, by a preset or by two instants', async ({
  server,
  window,
  visit,
}) => {
  await server.submitMany([
    { name: 'demo', queue: 'views.time', kwargs: '{"count":1}' },
    { name: 'demo', queue: 'views.time', kwargs: '{"count":1}' },
  ])
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await visit('/tasks?queue=views.time')
  const rows = window.getByRole('grid', { name: 'Tasks' }).getByRole('row').filter({ hasText: 'demo' })
  await expect(rows).toHaveCount(2)

  await window.getByRole('button', { name: 'When submitted' }).click()
  await window.getByRole('menuitem', { name: 'Last 24 hours' }).click()
  await expect(window).toHaveURL(/submitted=24h/)
  await expect(window.getByText('last 24 h')).toBeVisible()
  await expect(rows).toHaveCount(2)

  await window.getByRole('button', { name: 'When submitted' }).click()
  await window.getByRole('menuitem', { name: 'From … to …' }).click()
  const dialog = window.getByRole('dialog', { name: 'Submitted from … to …' })
  await expect(dialog.getByLabel('From')).not.toHaveValue('')
  await dialog.getByLabel('From').fill('2020-01-02T00:00')
  await dialog.getByLabel('To').fill('2020-01-01T00:00')
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect(dialog.getByText('The end is before the start.')).toBeVisible()
  expect(await findBarriers(window)).toEqual([])
  await dialog.getByLabel('To').fill('2020-01-03T00:00')
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect(window.getByText('2 Jan 00:00 – 3 Jan 00:00')).toBeVisible()
  await expect(window.getByText('No task matches')).toBeVisible()
  await window.reload()
  await expect(window.getByText('2 Jan 00:00 – 3 Jan 00:00')).toBeVisible()

  await window.getByRole('button', { name: /^Remove filter submitted/ }).click()
  await expect(rows).toHaveCount(2)
  const box = window.getByRole('combobox', { name: 'Filter tasks' })
  await box.fill('submitted:sometime')
  await box.press('Enter')
  await expect(window.getByText(/submitted: is as 24h/)).toBeVisible()
})

test('a view is saved with its filters and columns, applied, renamed and deleted', async ({
  server,
  window,
  visit,
}) => {
  await server.submitMany([
    { name: 'fail', queue: 'views.saved', kwargs: '{"message":"no"}', maxRetries: 0 },
    { name: 'demo', queue: 'views.saved', kwargs: '{"count":1}' },
  ])
  await expect.poll(() => server.count('views.saved', ['failed', 'succeeded'])).toBe(2)
  await window.setViewportSize({ width: 1600, height: 900 })
  // Nothing is half faded in while it is looked at.
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await visit('/tasks?queue=views.saved&state=failed&order=oldest')
  const head = (name: string) => window.getByRole('columnheader', { name, exact: true })
  await window.getByRole('button', { name: 'Columns' }).click()
  await window.getByRole('menuitemcheckbox', { name: 'Worker' }).click()
  await window.getByRole('menuitemcheckbox', { name: 'Ran' }).click()
  await window.getByRole('menuitemcheckbox', { name: 'Id' }).click()
  await window.keyboard.press('Escape')
  await expect(head('Worker')).toBeVisible()
  await expect(head('Id')).toHaveCount(0)
  const views = window.getByRole('button', { name: 'Views', exact: true })
  const choose = async (name: string | RegExp) => {
    await views.click()
    await window.getByRole('menuitem', { name }).click()
  }

  await test.step('it is saved under a name that no other has', async () => {
    await choose('Save this view…')
    const dialog = window.getByRole('dialog', { name: 'Save this view' })
    await expect(dialog).toContainText('state:failed queue:views.saved')
    await dialog.getByLabel('Name').fill('never RETRIED')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByText('Another view is called so.')).toBeVisible()
    await dialog.getByLabel('Name').fill('Dead ends')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(toast(window, 'Saved the view Dead ends')).toBeVisible()
  })
  await test.step('it outlives the page, and is applied with its columns', async () => {
    await visit('/tasks')
    await window.reload()
    await window.getByRole('button', { name: 'Columns' }).click()
    await window.getByRole('menuitemcheckbox', { name: 'Worker' }).click()
    await window.keyboard.press('Escape')
    await expect(head('Worker')).toHaveCount(0)
    await views.click()
    await keepPicture(window, 'views')
    expect(await findBarriers(window, '[role="menu"]')).toEqual([])
    await window.getByRole('menuitem', { name: 'Dead ends' }).click()
    await expect(window).toHaveURL(/state=failed/)
    await expect(window).toHaveURL(/queue=views\.saved/)
    await expect(window).toHaveURL(/order=oldest/)
    await expect(head('Worker')).toBeVisible()
    await expect(window.getByRole('row').filter({ hasText: 'fail' })).toHaveCount(1)
  })
  await test.step('it is renamed, deleted, and brought back', async () => {
    await choose('Rename or delete…')
    const dialog = window.getByRole('dialog', { name: 'Views' })
    await dialog.getByLabel('Name of Dead ends').fill('Ends')
    await dialog.getByLabel('Name of Dead ends').press('Enter')
    expect(await findBarriers(window)).toEqual([])
    await dialog.getByRole('button', { name: 'Delete Ends' }).click()
    await expect(dialog).toBeHidden()
    await toast(window, 'Deleted the view Ends').getByRole('button', { name: 'Undo' }).click()
    await views.click()
    await expect(window.getByRole('menuitem', { name: 'Ends' })).toBeVisible()
    await window.keyboard.press('Escape')
  })
  await test.step('the ready-made ones are there from the start', async () => {
    await choose('Failed in the last 24 hours')
    await expect(window).toHaveURL(/finished=24h/)
    await expect(window.getByRole('tab', { name: /^Failed/ })).toHaveAttribute('aria-selected', 'true')
    await expect(window.getByText('last 24 h')).toBeVisible()
    await choose('Retried 3 times or more')
    await expect(window.getByRole('button', { name: 'Remove filter attempts: >=4' })).toBeVisible()
  })
})
