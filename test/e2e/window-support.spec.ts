import { expect } from '@playwright/test'
import os from 'node:os'
import { keepPicture } from './served-window.ts'
import { findBarriers, test, toast } from './shared-window.ts'

test('a backup is made, listed, asked back, left alone again, and deleted', async ({ window, visit }) => {
  await window.setViewportSize({ width: 900, height: 600 })
  await visit('/settings')
  const panel = window.getByRole('region', { name: 'Backups' })
  await panel.getByRole('button', { name: 'Back up' }).click()
  await expect(panel.getByRole('status').filter({ hasText: 'is done and checked' })).toBeVisible()
  await panel.getByRole('button', { name: 'Restore…' }).first().click()
  const question = window.getByRole('dialog', { name: 'Restore this backup?' })
  await expect(question).toContainText('runs again')
  await question.getByRole('button', { name: 'Restore at the next start' }).click()
  await expect(toast(window, 'will be restored at the next start')).toBeVisible()
  await expect(panel).toContainText('Stop Penstock and start it again to have it done')
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await keepPicture(window, `backups-${colorScheme}`)
    expect(await findBarriers(window)).toEqual([])
  }
  await panel.getByRole('button', { name: 'Do not' }).click()
  await expect(panel.getByText('At the next start')).toBeHidden()
  const name = await panel
    .getByText(/^penstock-.*\.db$/)
    .first()
    .innerText()
  const more = panel.getByRole('button', { name: `More for ${name}` })
  await more.click()
  await expect(window.getByRole('menuitem', { name: 'Save a copy… in the desktop app only' })).toBeDisabled()
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await keepPicture(window, `backup-menu-${colorScheme}`)
    expect(await findBarriers(window, '[role=menu]')).toEqual([])
  }
  await window.getByRole('menuitem', { name: 'Delete…' }).click()
  const deletion = window.getByRole('dialog', { name: 'Delete this backup?' })
  await expect(deletion).toContainText(`${name}, `)
  await keepPicture(window, 'backup-delete-dark')
  expect(await findBarriers(window)).toEqual([])
  await deletion.getByRole('button', { name: 'Delete the backup' }).click()
  await expect(toast(window, `${name} is deleted`)).toBeVisible()
  await expect(more).toHaveCount(0)
})

test('diagnostics are shown before they are copied', async ({ window, visit, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await window.setViewportSize({ width: 900, height: 600 })
  await visit('/settings')
  const about = window.getByRole('region', { name: 'About' })
  const versions = [/Version \d+\.\d+\.\d+/, /Node \d+\.\d+\.\d+, SQLite 3\.\d+\.\d+/]
  for (const text of [...versions, os.release(), os.arch()]) await expect(about).toContainText(text)
  await about.getByRole('button', { name: 'Copy these versions' }).click()
  const copied = () => window.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/^Penstock \d.*\nNode \d.*\nSQLite 3\..*\n.+\n.+$/)
  await about.getByRole('button', { name: 'Copy diagnostics…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Diagnostics' })
  const text = dialog.locator('pre')
  await expect(text).toContainText('## Database')
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await keepPicture(window, `diagnostics-${colorScheme}`)
    expect(await findBarriers(window)).toEqual([])
  }
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(window, 'The diagnostics are copied')).toBeVisible()
  expect(await copied()).toBe(await text.textContent())
})

test('the licences of what Penstock is made of can be read', async ({ window, visit }) => {
  await visit('/settings')
  await window.getByRole('button', { name: 'Licences…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Licences' })
  await expect(dialog.locator('pre')).toContainText('better-sqlite3')
  expect(await findBarriers(window)).toEqual([])
})
