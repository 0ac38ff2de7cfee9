import { expect, test, type Page } from '@playwright/test'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { DesktopApp } from './desktop-app.ts'
import { launch } from './launch.ts'
import { canMakeDisks, smallDisk } from '../support/small-disk.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected } from './strip.ts'

const LISTEN = ['--listen', '0=turbine,asynq']

const failed = (page: Page) => page.getByRole('heading', { name: 'Penstock could not start' })

/** How often a start failed so far. */
const failures = ({ output }: DesktopApp) => output.stderr.split('Penstock could not start').length - 1

/** Answers the next question for a folder, as a person would. */
async function chooseFolder(desktop: DesktopApp, folder: string | null): Promise<void> {
  await desktop.evaluate(({ dialog }, chosen) => {
    Object.assign(dialog, {
      showOpenDialog: async () => ({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }),
    })
  }, folder)
}

test('a start that fails says why, and goes on where it can: another try, another folder', async () => {
  await using folder = await openTemporaryFolder()
  const userData = path.join(folder.path, 'profile')
  const inTheWay = path.join(userData, 'data')
  const elsewhere = path.join(folder.path, 'elsewhere')
  mkdirSync(userData)
  writeFileSync(inTheWay, 'a file where the data folder should be')
  {
    await using desktop = await launch({ userData, args: LISTEN })
    const page = await desktop.firstWindow()
    await expect(failed(page)).toBeVisible()
    await expect(page.getByRole('heading', { name: 'The data folder cannot be used' })).toBeVisible()
    await expect(page.getByRole('alert')).toContainText(inTheWay)
    await page.screenshot({ path: test.info().outputPath('failure-light.png') })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: test.info().outputPath('failure-dark.png') })

    expect(failures(desktop)).toBe(1)
    await page.getByRole('button', { name: 'Try again' }).click()
    // Once for each click, and never by itself.
    await expect.poll(() => failures(desktop)).toBe(2)
    await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled()
    await expect(failed(page)).toBeVisible()
    await chooseFolder(desktop, null)
    await page.getByRole('button', { name: 'Choose another data folder…' }).click()
    await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled()
    await expect(failed(page)).toBeVisible()
    expect(existsSync(elsewhere)).toBe(false)

    await chooseFolder(desktop, elsewhere)
    await page.getByRole('button', { name: 'Choose another data folder…' }).click()
    await expect(connected(page)).toBeVisible()
    expect(readdirSync(elsewhere)).toContain('penstock.db')
    expect(failures(desktop)).toBe(2)
    await desktop.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]!.setBounds({ x: 200, y: 120, width: 1111, height: 777 })
    })
    const end = await desktop.quit()
    expect(end, desktop.output.stderr).toEqual({ code: 0, signal: null })
  }
  // The next start: the same folder without a question, the window where it was, each step with its time.
  await using desktop = await launch({ userData, args: LISTEN })
  await expect(connected(await desktop.firstWindow())).toBeVisible()
  const bounds = await desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.getNormalBounds(),
  )
  expect(bounds).toEqual({ x: 200, y: 120, width: 1111, height: 777 })
  await expect.poll(() => desktop.output.stderr).toContain('"msg":"started; each step')
  const line = desktop.output.stderr.split('\n').find((text) => text.includes('"msg":"started; each step'))!
  const { steps } = JSON.parse(line) as { steps: Record<string, number> }
  expect(Object.keys(steps).toSorted()).toEqual(
    ['modules', 'ready', 'engine-modules', 'window', 'engine', 'window-shown'].toSorted(),
  )
  expect(steps['window']).toBeLessThan(steps['window-shown']!)
  expect(readdirSync(path.join(userData, 'compile-cache')).length).toBeGreaterThan(0)
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.maximize())
  await desktop.quit()
  const kept = JSON.parse(readFileSync(path.join(userData, 'desktop.json'), 'utf8')) as object
  expect(kept).toMatchObject({ dataFolder: elsewhere, window: { width: 1111, isMaximized: true } })
})

test('the page of a failed start can only ask for what it offers, and no other page for any of it', async () => {
  await using folder = await openTemporaryFolder()
  const dataFolder = path.join(folder.path, 'data')
  mkdirSync(dataFolder)
  const newer = new Database(path.join(dataFolder, 'penstock.db'))
  newer.exec('CREATE TABLE later (id); PRAGMA application_id = 1348824691; PRAGMA user_version = 9999')
  newer.close()
  await using desktop = await launch({ userData: folder.path, args: LISTEN })
  const page = await desktop.firstWindow()
  await expect(page.getByRole('heading', { name: 'The database is of a newer Penstock' })).toBeVisible()

  await desktop.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedFolders: opened })
    Object.assign(shell, { openPath: async (place: string) => (opened.push(place), '') })
  })
  const opened = () =>
    desktop.evaluate(() => (globalThis as unknown as { openedFolders: string[] }).openedFolders)
  await desktop.evaluate(({ ipcMain }) => {
    const ask = (url: string, action: unknown, parent: object | null = null) =>
      ipcMain.emit('penstock:start-up', { senderFrame: { url, parent } }, action)
    const page = 'app://bundle/start-up-failed'
    ask('app://bundle/index.html', 'open-data-folder')
    ask('https://example.com/start-up-failed', 'open-data-folder')
    ask(page, 'open-data-folder', {})
    for (const action of [
      'choose-tasks-folder',
      'rm',
      '__proto__',
      { toString: () => 'quit' },
      null,
      undefined,
    ])
      ask(page, action)
    ipcMain.emit('penstock:start-up', { senderFrame: null }, 'open-data-folder')
  })
  expect(await opened()).toEqual([])

  await page.getByRole('button', { name: 'Open the data folder' }).click()
  await expect.poll(opened).toEqual([dataFolder])
  const policy = await page.evaluate(async () => {
    const inline = document.createElement('script')
    inline.textContent = 'window.ranInline = true'
    document.head.append(inline)
    const { headers } = await fetch('/start-up-failed').catch(() => new Response())
    return { ranInline: 'ranInline' in window, fetched: headers.get('content-security-policy') }
  })
  // Nothing may be fetched by it, not even itself.
  expect(policy).toEqual({ ranInline: false, fetched: null })

  // Another one is put there while the page is shown; a damaged one is no reason not to start.
  const damaged = Buffer.alloc(3 * 4096, 0xa5)
  damaged.write('SQLite format 3\0', 'latin1')
  writeFileSync(path.join(dataFolder, 'penstock.db'), damaged)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Degraded', { exact: true })).toBeVisible()
  const [aside = ''] = readdirSync(dataFolder).filter((name) => name.startsWith('penstock.db.damaged-'))
  expect(readFileSync(path.join(dataFolder, aside)).equals(damaged)).toBe(true)
  const told = page.getByRole('alert').or(page.getByRole('status'))
  await expect(told.filter({ hasText: aside }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('region', { name: 'Health' })).toContainText(aside)
  expect(await desktop.quit()).toEqual({ code: 0, signal: null })
})

test('a full disk is said, and once there is room again the start goes on from what was begun', async () => {
  test.skip(!canMakeDisks, 'only root makes a small disk, on Linux')
  await using folder = await openTemporaryFolder()
  const disk = path.join(folder.path, 'disk')
  const filler = path.join(disk, 'filler')
  mkdirSync(disk)
  using _disk = smallDisk(disk, 16)
  // Room for the beginning of a database, and no more.
  writeFileSync(filler, Buffer.alloc((16 * 1024 - 100) * 1024))
  await using desktop = await launch({
    userData: folder.path,
    args: [...LISTEN, '--data', path.join(disk, 'data')],
  })
  const page = await desktop.firstWindow()
  await expect(page.getByRole('heading', { name: 'The disk is full' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('make room first')
  await expect(page.getByRole('alert')).toContainText(disk)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => failures(desktop)).toBe(2)
  await expect(page.getByRole('heading', { name: 'The disk is full' })).toBeVisible()

  rmSync(filler)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(connected(page)).toBeVisible()
  expect(failures(desktop)).toBe(2)
  expect(await desktop.quit()).toEqual({ code: 0, signal: null })
})

test('a tasks folder that cannot be used, and the button to quit', async () => {
  await using folder = await openTemporaryFolder()
  const tasks = path.join(folder.path, 'a-file')
  writeFileSync(tasks, '')
  await using desktop = await launch({ userData: folder.path, args: [...LISTEN, '--tasks', tasks] })
  const page = await desktop.firstWindow()
  await expect(page.getByRole('heading', { name: 'The tasks folder cannot be used' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose another tasks folder…' })).toBeVisible()
  // The page may be gone before its click is answered.
  await page
    .getByRole('button', { name: 'Quit' })
    .click()
    .catch(() => undefined)
  expect(await desktop.exited).toEqual({ code: 1, signal: null })
})
