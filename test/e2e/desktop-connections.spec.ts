import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { startServer } from './headless-server.ts'
import { shareDesktop } from './shared-desktop.ts'
import { openTemporaryFolder } from './temporary-folder.ts'

const desktopApp = shareDesktop()
const KEY = 'a-key-that-nobody-else-may-see'

test('a broker elsewhere is added in the desktop app, and its key kept by the system', async () => {
  await using folder = await openTemporaryFolder()
  await using remote = await startServer(folder.path)
  await remote.submit({ type: 'demo', queue: 'far-away', payload: { message: 'Hello', count: 1 } })
  const desktop = desktopApp()
  const page = await desktop.firstWindow()

  await page.getByRole('button', { name: /^Broker: / }).click()
  await page.getByRole('menuitem', { name: 'Add a connection…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a connection' })
  await dialog.getByLabel('Address').fill(remote.address)
  await dialog.getByLabel('Name').fill('staging')
  await dialog.getByRole('textbox', { name: 'Key' }).fill(KEY)
  await dialog.getByRole('button', { name: 'Add connection' }).click()

  await expect(page.getByRole('button', { name: 'Broker: staging, connected' })).toBeVisible()
  await page.getByRole('link', { name: /^Queues/ }).click()
  await expect(page.getByRole('row').filter({ hasText: 'far-away' })).toBeVisible()
  const data = await desktop.evaluate(({ app }) => app.getPath('userData'))
  const kept = await readFile(path.join(data, 'data', 'connection-keys.encrypted.json'), 'utf8')
  expect(JSON.parse(kept)).toEqual({ staging: expect.any(String) })
  expect(kept).not.toContain(KEY)
  expect(await page.content()).not.toContain(KEY)
  const { stdout, stderr } = desktop.output
  expect(stdout + stderr).not.toContain(KEY)

  await page.getByRole('button', { name: /^Broker: / }).click()
  await page.getByRole('menuitem', { name: 'Remove staging…' }).click()
  await page.getByRole('button', { name: 'Remove it and its key' }).click()
  await expect(page.getByRole('button', { name: /^Broker: Local broker/ })).toBeVisible()
  expect(await readFile(path.join(data, 'data', 'connection-keys.encrypted.json'), 'utf8')).toBe('{}\n')
})
