import { expect, test, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { launch } from './launch.ts'
import { openTemporaryFolder } from './temporary-folder.ts'

const LISTEN = ['--listen', '0=turbine,asynq']

const connected = (page: Page) => page.getByText('Connected', { exact: true })
const backups = (page: Page) => page.getByRole('region', { name: 'Backups' })

/** One that nothing runs meanwhile, known by its queue. */
async function submit(page: Page, queue: string): Promise<void> {
  const address = await page.getByText(/^127\.0\.0\.1:\d+$/).innerText()
  const send = () =>
    fetch(`http://${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        type: 'demo',
        queue,
        payload: { message: 'Hello', count: 1 },
        process_at: '2999-01-01T00:00:00Z',
      }),
    })
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(async () => (await send()).status).toBe(201)
}

function queuesIn(file: string): readonly string[] {
  const database = new Database(file, { readonly: true })
  try {
    return database.prepare<[], string>('SELECT queue FROM tasks ORDER BY rowid').pluck().all()
  } finally {
    database.close()
  }
}

test('a backup is restored by the restart that the window offers', async () => {
  await using folder = await openTemporaryFolder()
  const database = path.join(folder.path, 'data', 'penstock.db')
  await using desktop = await launch({ userData: folder.path, args: ['--hidden', ...LISTEN] })
  test.skip(desktop.shell === 'electron', 'what Electron starts again cannot be followed from here')
  await desktop.evaluate(async ({ app }) => {
    await app.whenReady()
    app.emit('activate')
  })
  const page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
  await submit(page, 'before-the-backup')
  await page.getByRole('link', { name: 'Settings' }).click()
  await backups(page).getByRole('button', { name: 'Back up' }).click()
  await expect(backups(page).getByText('is done and checked')).toBeVisible()
  await submit(page, 'after-the-backup')

  await backups(page).getByRole('button', { name: 'Restore…' }).click()
  await page.getByRole('button', { name: 'Restore at the next start' }).click()
  const restart = backups(page).getByRole('button', { name: 'Restart now' })
  await expect(restart).toBeVisible()
  // The page may be gone before its click is answered.
  await restart.click().catch(() => undefined)
  expect({ ...(await desktop.exited), stderr: desktop.output.stderr }).toMatchObject({
    code: 0,
    signal: null,
    stderr: expect.not.stringMatching(/"level":(50|60)/),
  })
  expect(queuesIn(database)).toEqual(['before-the-backup', 'after-the-backup'])

  // Started by what `app.relaunch` was told: with its window this time, though the first start had none.
  await using again = await desktop.startedAgain()
  const shown = await again.firstWindow()
  await expect(connected(shown)).toBeVisible()
  await expect(shown.getByText(/^The backup penstock-.* was restored, with 1 task\./)).toBeVisible()
  await shown.getByRole('link', { name: 'Settings' }).click()
  const outcome = backups(shown).getByRole('status').filter({ hasText: 'was restored' })
  await expect(outcome).toContainText('It has 1 task.')
  const [, kept = ''] = /is kept as (.+\.replaced-\S+)\.$/.exec(await outcome.innerText()) ?? []
  expect(path.dirname(kept)).toBe(path.join(folder.path, 'data'))
  expect(existsSync(kept)).toBe(true)
  await expect(backups(shown).getByText('At the next start')).toBeHidden()
  expect(await again.quit()).toEqual({ code: 0, signal: null })
  expect(queuesIn(database)).toEqual(['before-the-backup'])
  expect(queuesIn(kept)).toEqual(['before-the-backup', 'after-the-backup'])
})
