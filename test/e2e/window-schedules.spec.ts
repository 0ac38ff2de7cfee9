import { expect } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { test, toast } from './shared-window.ts'

test.describe('up to its deletion', () => {
  // What is looked at again while its deletion is answered is gone, and that is what the broker says.
  test.use({ mayBeRefused: 'schedules/get' })

  test('a schedule is made with its next fires in sight, run, paused, changed and deleted', async ({
    window,
    visit,
  }) => {
    await visit('/schedules')
    await window.getByRole('button', { name: 'New schedule…' }).first().click()
    const form = window.getByRole('dialog', { name: 'New schedule' })
    await form.getByLabel('Name').fill('Nightly report')
    await form.getByLabel('Cron expression').fill('30 2 * * 1-5')
    await form.getByLabel('Time zone').fill('Asia/Tokyo')
    await form.getByLabel('Handler').fill('sleep')
    await form.getByLabel('Input (JSON)').fill('{ "ms": 1 }')
    await expect(form.getByText('At 02:30 on weekdays')).toBeVisible()
    await expect(form.getByRole('list', { name: 'Next fires' }).getByRole('listitem')).toHaveCount(5)
    await expect(form.getByRole('list', { name: 'Next fires' })).toContainText('02:30')
    await keepPicture(window, 'schedule-form')
    await form.getByRole('button', { name: 'Create schedule' }).click()

    const row = window.getByRole('row').filter({ hasText: 'Nightly report' })
    await expect(row).toContainText('On')
    const drawer = window.getByRole('complementary', { name: 'Schedule Nightly report' })
    await expect(drawer).toContainText('At 02:30 on weekdays')
    await expect(drawer).toContainText('Asia/Tokyo')

    await drawer.getByRole('button', { name: 'Run now' }).click()
    await expect(toast(window, 'Submitted sleep for Nightly report')).toBeVisible()
    await expect(drawer).toContainText('1 task submitted')

    await drawer.getByRole('button', { name: 'Pause' }).click()
    await expect(row).toContainText('Paused')
    await toast(window, 'Paused Nightly report').getByRole('button', { name: 'Undo' }).click()
    await expect(row).toContainText('On')

    await drawer.getByRole('button', { name: 'Edit…' }).click()
    const edit = window.getByRole('dialog', { name: 'Edit Nightly report' })
    await edit.getByRole('radio', { name: 'Again and again' }).click()
    await edit.getByLabel('Every').fill('90')
    await edit.getByRole('button', { name: 'Save' }).click()
    await expect(drawer).toContainText('Every 90 minutes')

    await drawer.getByRole('button', { name: 'Delete…' }).click()
    await window
      .getByRole('dialog', { name: 'Delete Nightly report?' })
      .getByRole('button', { name: 'Delete schedule' })
      .click()
    await expect(row).toHaveCount(0)
    await expect(drawer).toBeHidden()
  })
})

test.describe('a form with mistakes', () => {
  test.use({ mayBeRefused: true })

  test('a time that cannot be is explained while it is typed, and nothing is made', async ({
    server,
    window,
    visit,
  }) => {
    await visit('/schedules')
    await window.getByRole('button', { name: 'New schedule…' }).first().click()
    const form = window.getByRole('dialog', { name: 'New schedule' })
    await form.getByLabel('Cron expression').fill('99 * * * *')
    await expect(form.getByLabel('Cron expression')).toHaveAccessibleDescription(/99/)
    await form.getByLabel('Cron expression').fill('0 * * * *')
    await form.getByLabel('Time zone').fill('Mars/Olympus')
    await expect(form.getByLabel('Time zone')).toHaveAccessibleDescription(/Mars\/Olympus/)
    await form.getByRole('button', { name: 'Create schedule' }).click()

    await expect(form.getByText('Say what it is called.')).toBeVisible()
    await expect(form.getByText('Say which handler runs it.')).toBeVisible()
    const { schedules } = await server.call<{ schedules: { name: string }[] }>('/rpc/schedules/list', {})
    expect(schedules.filter(({ name }) => name === '')).toEqual([])
  })
})

test('a schedule that fires is seen to, without the list moving', async ({ server, window, visit }) => {
  const task = { name: 'sleep', kwargs: '{"ms":1}' }
  const { id } = await server.call<{ id: string }>('/rpc/schedules/create', {
    name: 'Every second',
    timing: { kind: 'interval', everyMs: 1000 },
    task,
  })
  await visit('/schedules')
  const row = window.getByRole('row').filter({ hasText: 'Every second' })
  const before = await row.boundingBox()
  await expect.poll(async () => Number(await row.getByRole('cell').nth(5).innerText())).toBeGreaterThan(1)
  expect(await row.boundingBox()).toEqual(before)
  // The server goes on for other tests.
  await server.call('/rpc/schedules/delete', { id })
})
