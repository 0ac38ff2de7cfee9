import { expect, test, type Page } from '@playwright/test'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { DesktopApp } from './desktop-app.ts'
import { launch } from './launch.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected, shownAddress } from './strip.ts'

const LISTEN = ['--listen', '0=turbine,asynq']

const backups = (page: Page) => page.getByRole('region', { name: 'Backups' })

/** One that nothing runs meanwhile, known by its queue. */
async function submit(page: Page, queue: string): Promise<void> {
  const address = await shownAddress(page).innerText()
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

const menuOf = (page: Page, name: string) => backups(page).getByRole('button', { name: `More for ${name}` })

async function chooseInMenu(page: Page, name: string, item: string): Promise<void> {
  await menuOf(page, name).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Answers every question for a file from now on, as a person would; null closes it. */
async function answerSaveDialog(desktop: DesktopApp, file: string | null): Promise<void> {
  await desktop.evaluate(({ dialog }, chosen) => {
    const questions: unknown[] = []
    Object.assign(globalThis, { questions })
    Object.assign(dialog, {
      async showSaveDialog(_window: unknown, { defaultPath }: { defaultPath: string }) {
        questions.push(defaultPath)
        return { canceled: chosen === null, filePath: chosen ?? '' }
      },
    })
  }, file)
}

const questionsFor = (desktop: DesktopApp) =>
  desktop.evaluate(() => (globalThis as unknown as { questions: unknown[] }).questions)

function queuesIn(file: string): readonly string[] {
  const database = new Database(file, { readonly: true })
  try {
    return database.prepare<[], string>('SELECT queue FROM tasks ORDER BY rowid').pluck().all()
  } finally {
    database.close()
  }
}

test('a backup is copied, deleted, and restored by the restart that the window offers', async () => {
  await using folder = await openTemporaryFolder()
  const database = path.join(folder.path, 'data', 'penstock.db')
  await using desktop = await launch({ userData: folder.path, args: ['--hidden', ...LISTEN] })
  test.skip(desktop.shell === 'electron', 'what Electron starts again cannot be followed from here')
  // In the tray alone, until somebody wants to see it.
  await expect.poll(() => desktop.output.stdout).toContain('APP_WINDOW_READY')
  const windows = await desktop.evaluate(({ app, BrowserWindow }) => {
    const opened = BrowserWindow.getAllWindows().length
    app.emit('activate')
    return opened
  })
  expect(windows).toBe(0)
  const page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
  await submit(page, 'before-the-backup')
  await page.getByRole('link', { name: 'Settings' }).click()
  await backups(page).getByRole('button', { name: 'Back up' }).click()
  await expect(backups(page).getByText('is done and checked')).toBeVisible()
  await submit(page, 'after-the-backup')
  const [name = ''] = readdirSync(path.join(folder.path, 'data', 'backups'))
  await test.step('a copy goes where a person says, and nowhere without', async () => {
    const target = path.join(folder.path, 'my copy.db')
    await answerSaveDialog(desktop, null)
    await chooseInMenu(page, name, 'Save a copy…')
    await expect.poll(() => questionsFor(desktop)).toEqual([name])
    await answerSaveDialog(desktop, database)
    await chooseInMenu(page, name, 'Save a copy…')
    await expect(page.getByText(/is inside of the data folder; choose a place outside of it/)).toBeVisible()
    await answerSaveDialog(desktop, target)
    await chooseInMenu(page, name, 'Save a copy…')
    await expect(page.getByText(`A copy is in ${target}`)).toBeVisible()
    expect(queuesIn(target)).toEqual(['before-the-backup'])
    expect(readdirSync(folder.path).filter((each) => each.includes('unfinished'))).toEqual([])
  })
  await test.step('what is to be restored is not deleted, and what is deleted is named first', async () => {
    writeFileSync(path.join(folder.path, 'data', 'backups', 'mine.db'), 'not one')
    await page.reload()
    await chooseInMenu(page, 'mine.db', 'Delete…')
    const question = page.getByRole('dialog', { name: 'Delete this backup?' })
    await expect(question).toContainText('mine.db, 7 bytes, is deleted for good')
    await question.getByRole('button', { name: 'Keep' }).click()
    await chooseInMenu(page, 'mine.db', 'Delete…')
    await question.getByRole('button', { name: 'Delete the backup' }).click()
    await expect(page.getByText('mine.db is deleted')).toBeVisible()
    await expect(menuOf(page, 'mine.db')).toHaveCount(0)
    expect(readdirSync(path.join(folder.path, 'data', 'backups'))).toEqual([name])
  })

  await backups(page).getByRole('button', { name: 'Restore…' }).click()
  await page.getByRole('button', { name: 'Restore at the next start' }).click()
  const restart = backups(page).getByRole('button', { name: 'Restart now' })
  await expect(restart).toBeVisible()
  await menuOf(page, name).click()
  await expect(
    page.getByRole('menuitem', { name: /^Delete….*it is restored at the next start/ }),
  ).toBeDisabled()
  await page.keyboard.press('Escape')
  // A question that nobody answers holds up no quitting.
  await desktop.evaluate(({ dialog }) => {
    Object.assign(dialog, { showSaveDialog: () => new Promise(() => {}) })
  })
  await chooseInMenu(page, name, 'Save a copy…')
  await expect(backups(page).getByText('a copy is being saved')).toBeVisible()
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
  // Goes by itself after seconds.
  await expect(shown.getByText(/^The backup penstock-.* was restored, with 1 task\./)).toBeVisible()
  await expect(connected(shown)).toBeVisible()
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
