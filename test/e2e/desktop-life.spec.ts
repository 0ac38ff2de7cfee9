import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { isAlive } from '../support/process-life.ts'
import { launch, runToEnd } from './launch.ts'
import { processTree } from './process-tree.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected, shownAddress } from './strip.ts'

const LISTEN = ['--listen', '0=turbine,asynq']

test('a second instance brings the first one to the front and ends', async () => {
  await using folder = await openTemporaryFolder()
  await using first = await launch({ userData: folder.path, args: LISTEN })
  await first.firstWindow()
  await expect.poll(() => first.output.stdout).toContain('APP_WINDOW_READY')
  await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.hide())

  const second = await runToEnd({ userData: folder.path, args: LISTEN })

  expect(second).toMatchObject({ code: 0 })
  expect(second.stdout).toContain('Penstock is running already')
  expect(second.stdout).not.toContain('APP_WINDOW_READY')
  const isVisible = () => first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())
  await expect.poll(isVisible).toBe(true)
})

test('quitting leaves no process and a clean database', async () => {
  test.skip(process.platform === 'win32', 'there is no list of processes to look at')
  await using folder = await openTemporaryFolder()
  await using desktop = await launch({ userData: folder.path, args: LISTEN })
  const page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
  const address = `http://${await shownAddress(page).innerText()}`
  const submit = () =>
    fetch(`${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'sleep', payload: { seconds: 60 } }),
    })
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(async () => (await submit()).status).toBe(201)
  const running = async () => {
    const { tasks } = (await (await fetch(`${address}/api/overview`)).json()) as {
      tasks: { running: number }
    }
    return tasks.running
  }
  await expect.poll(running).toBe(1)
  const processes = processTree(desktop.pid)
  // Main, the executor and Chromium at the least: else this looks at nothing.
  expect(processes.length).toBeGreaterThan(3)

  expect(await desktop.quit()).toEqual({ code: 0, signal: null })

  await expect.poll(() => processes.filter(isAlive)).toEqual([])
  expect(desktop.output.stderr).not.toMatch(/error/i)
  const file = path.join(folder.path, 'data', 'penstock.db')
  expect(existsSync(`${file}-wal`)).toBe(false)
  using database = disposable(new Database(file, { readonly: true }))
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  // What ran was given back, not left behind: it goes on at the next start.
  expect(database.prepare('SELECT state FROM tasks').all()).toEqual([{ state: 'pending' }])
})

test('a signal to end stops everything in order', async () => {
  test.skip(process.platform === 'win32', 'there are no such signals')
  await using folder = await openTemporaryFolder()
  await using desktop = await launch({ userData: folder.path, args: LISTEN })
  await expect(connected(await desktop.firstWindow())).toBeVisible()
  const processes = processTree(desktop.pid)

  process.kill(desktop.pid, 'SIGTERM')

  expect(await desktop.exited).toEqual({ code: 0, signal: null })
  await expect.poll(() => processes.filter(isAlive)).toEqual([])
  expect(existsSync(path.join(folder.path, 'data', 'penstock.db-wal'))).toBe(false)
})

test('closing the last window ends the program', async () => {
  test.skip(process.platform === 'darwin', 'where a program outlives its windows')
  await using folder = await openTemporaryFolder()
  await using desktop = await launch({ userData: folder.path, args: LISTEN })
  const page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
  await page.close()
  expect(await desktop.exited).toEqual({ code: 0, signal: null })
})

test('a program that is told to quit while it starts quits in order', async () => {
  await using folder = await openTemporaryFolder()
  await using desktop = await launch({ userData: folder.path, args: LISTEN })
  const exit = await desktop.quit()
  // What it printed is there to be read when this fails.
  expect({ ...exit, ...desktop.output }).toMatchObject({ code: 0, signal: null })
})

test('a window that is closed while it loads harms nothing', async () => {
  test.skip(process.platform === 'darwin', 'where a program outlives its windows')
  await using folder = await openTemporaryFolder()
  await using desktop = await launch({ userData: folder.path, args: LISTEN })
  await desktop.evaluate(async ({ app, BrowserWindow }) => {
    await app.whenReady()
    // The program opens it when it is told so, which may be after this is.
    await new Promise((resolve) => setImmediate(resolve))
    BrowserWindow.getAllWindows()[0]!.close()
  })
  const exit = await desktop.exited
  expect({ ...exit, ...desktop.output }).toMatchObject({ code: 0, signal: null })
})

test('a data folder in use is explained in the window, which goes on with another one', async () => {
  await using folder = await openTemporaryFolder()
  const dataFolder = path.join(folder.path, 'shared-data')
  await using first = await launch({
    userData: path.join(folder.path, 'first'),
    args: [...LISTEN, '--data', dataFolder],
  })
  await expect(connected(await first.firstWindow())).toBeVisible()

  await using second = await launch({
    userData: path.join(folder.path, 'second'),
    args: [...LISTEN, '--data', dataFolder],
  })
  const page = await second.firstWindow()

  await expect(page.getByRole('heading', { name: 'Penstock could not start' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Another Penstock uses this data folder' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText(dataFolder)
  await expect(page.getByRole('alert')).toContainText(`process ${first.pid}`)
  // The page may be read before the app has its window in front, and says so.
  await expect.poll(() => second.output.stdout).toContain('APP_WINDOW_READY')
  expect(second.output.stderr).toContain('Penstock could not start')
  await second.evaluate(
    ({ dialog }, filePaths) => {
      Object.assign(dialog, { showOpenDialog: async () => ({ canceled: false, filePaths }) })
    },
    [path.join(folder.path, 'other-data')],
  )
  await page.getByRole('button', { name: 'Choose another data folder…' }).click()
  await expect(connected(page)).toBeVisible()
  expect(await second.quit()).toEqual({ code: 0, signal: null })
  // The command line names one, and will win again: it was for this run alone.
  const kept = JSON.parse(readFileSync(path.join(folder.path, 'second', 'desktop.json'), 'utf8')) as object
  expect(kept).toMatchObject({ dataFolder: null })
})

test('a wrong --listen is explained in the window', async () => {
  await using folder = await openTemporaryFolder()
  await using desktop = await launch({ userData: folder.path, args: ['--listen', '8080=nonsense'] })
  const page = await desktop.firstWindow()
  await expect(page.getByRole('alert')).toContainText("There is no dialect 'nonsense'")
  expect(await desktop.quit()).toEqual({ code: 1, signal: null })
})

test('a busy port is moved, and the window shows where to', async () => {
  await using folder = await openTemporaryFolder()
  const busy = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => busy.once('listening', resolve))
  const { port } = busy.address() as { port: number }

  await using desktop = await launch({ userData: folder.path, args: ['--listen', `${port}=turbine,asynq`] })
  const page = await desktop.firstWindow()

  const shown = shownAddress(page)
  await expect(shown).toBeVisible()
  await expect(shown).not.toHaveText(`127.0.0.1:${port}`)
  const health = await fetch(`http://${await shown.innerText()}/api/health`)
  expect(health.status).toBe(200)
  busy.close()
})

function disposable(database: Database.Database): Database.Database & Disposable {
  return Object.assign(database, { [Symbol.dispose]: () => void database.close() })
}
