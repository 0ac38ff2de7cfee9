import { expect, test, type Page } from '@playwright/test'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { DesktopApp } from './desktop-app.ts'
import { shareDesktop } from './shared-desktop.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected, shownAddress } from './strip.ts'

const INPUT = encodeURIComponent('{"message": "from a link"}')
const desktopApp = shareDesktop({ args: [`penstock://submit?name=demo&queue=mail&input=${INPUT}`] })

let desktop: DesktopApp
let page: Page
test.beforeEach(async () => {
  desktop = desktopApp()
  page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
})
test.afterEach(() => page.keyboard.press('Escape'))

const dialog = () => page.getByRole('dialog', { name: 'Submit a task' })
const apiAddress = async () => `http://${await shownAddress(page).innerText()}`

async function submit(body: object): Promise<string> {
  const address = await apiAddress()
  let id = ''
  const send = async () => {
    const response = await fetch(`${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0] ?? ''
    return response.status
  }
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(send).toBe(201)
  return id
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

async function taskCount(): Promise<number> {
  const response = await fetch(`${await apiAddress()}/api/tasks`)
  const { tasks } = (await response.json()) as { tasks: readonly unknown[] }
  return tasks.length
}

/** As the system hands links to an app that runs: a second start elsewhere, an event on macOS. */
const follow = (link: string) =>
  desktop.evaluate(({ app }, url) => {
    if (process.platform === 'darwin') app.emit('open-url', { preventDefault() {} }, url)
    else app.emit('second-instance', {}, ['penstock', url], '/')
  }, link)

test('a link that starts the app fills in the submit dialog, and sends nothing', async () => {
  await expect(dialog()).toBeVisible()
  await expect(dialog().getByLabel('Handler')).toHaveValue('demo')
  await expect(dialog().getByLabel('Queue')).toHaveValue('mail')
  await expect(dialog().getByLabel('Input (JSON)')).toHaveValue('{"message": "from a link"}')
  expect(await taskCount()).toBe(0)
  await page.keyboard.press('Escape')
})

test('a link to a task opens it, in front', async () => {
  const id = await submit({ type: 'demo', payload: { message: 'Hello', count: 1 } })
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.hide())
  await follow(`penstock://task/${id}`)
  const drawer = page.getByRole('complementary', { name: 'Task demo' })
  await expect(drawer).toContainText('Succeeded')
  const isVisible = () =>
    desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())
  await expect.poll(isVisible).toBe(true)
  // What is open is part of the page's address, which the tests after this one look at.
  await expect(page).toHaveURL(new RegExp(`task=${id}`))
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)
  await expect(page).not.toHaveURL(/task=/)
})

test('a link that asks for more does nothing, and says so', async () => {
  const before = await taskCount()
  const url = page.url()
  for (const link of [
    'penstock://purge/default',
    'penstock://submit?name=demo&send=true',
    'penstock://task/1',
  ])
    await follow(link)
  await expect(page.getByText(/asked to open a link that it does not know, and did nothing: /)).toHaveCount(3)
  expect(page.url()).toBe(url)
  await expect(dialog()).toHaveCount(0)
  expect(await taskCount()).toBe(before)
})

/** Drags what the system would hand over, and lets go. */
async function drop(files: readonly { readonly name: string; readonly content: string }[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, content } of given) transfer.items.add(new File([content], name))
    return transfer
  }, files)
  await page.dispatchEvent('body', 'dragenter', { dataTransfer })
  await expect(page.getByText('Drop it to submit a task with its content')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer })
  await expect(page.getByText('Drop it to submit a task with its content')).toHaveCount(0)
}

test('a file that is dropped becomes the input of a task; one that cannot be says why', async () => {
  const url = page.url()
  await drop([{ name: 'order.json', content: '{"id": 12345678901234567890}' }])
  await expect(dialog().getByLabel('Input (JSON)')).toHaveValue('{"id": 12345678901234567890}')
  await dialog().getByLabel('Queue').fill('orders')
  await page.keyboard.press('Tab')
  // Neither a link nor another file takes away what was typed.
  await follow('penstock://submit?queue=elsewhere')
  await expect(page.getByText(/^A link would fill in a task\./)).toBeVisible()
  await drop([{ name: 'list.json', content: '[7]' }])
  await expect(dialog().getByLabel('Input (JSON)')).toHaveValue('[7]')
  await expect(dialog().getByLabel('Queue')).toHaveValue('orders')
  await page.keyboard.press('Escape')
  await drop([{ name: 'notes.txt', content: 'two\nlines' }])
  await expect(dialog().getByLabel('Input (JSON)')).toHaveValue('["two\\nlines"]')
  await page.keyboard.press('Escape')
  await drop([{ name: 'broken.json', content: '{"id": }' }])
  await expect(page.getByText(/^broken\.json is no JSON\. Line 1, column 8: /)).toBeVisible()
  await expect(dialog()).toHaveCount(0)
  expect(page.url()).toBe(url)
})

async function succeeded(): Promise<number> {
  const response = await fetch(`${await apiAddress()}/api/overview`)
  const { tasks } = (await response.json()) as { tasks: { success: number } }
  return tasks.success
}

test('what came due while the computer slept starts right after it wakes', async () => {
  await submit({
    type: 'demo',
    payload: { message: 'later', count: 1 },
    queue: 'later',
    process_at: inMinutes(45),
  })
  const before = await succeeded()
  await desktop.evaluate(({ powerMonitor }) => {
    // An hour on the wall, to the millisecond, during which no timer ran.
    const now = Date.now
    const asleepAt = now()
    Object.assign(globalThis, { awake: () => Object.assign(Date, { now }) })
    Object.assign(Date, { now: () => asleepAt })
    powerMonitor.emit('suspend')
    Object.assign(Date, { now: () => asleepAt + 3_600_000 })
    powerMonitor.emit('resume')
    Object.assign(Date, { now: () => now() + 3_600_000 })
  })
  await expect.poll(succeeded).toBe(before + 1)
  await desktop.evaluate(() => (globalThis as unknown as { awake: () => void }).awake())
  expect(desktop.output.stderr).toMatch(/"sleptSeconds":3600,"msg":"the computer is awake again"/)
})

test('opening at login is switched on and off where the app is installed', async () => {
  test.skip(process.platform !== 'linux', 'where the system keeps it, not a file')
  test.skip(desktop.shell === 'electron', 'which knows that it is not installed')
  await using folder = await openTemporaryFolder()
  await desktop.evaluate(({ app }, config) => {
    Object.assign(app, { isPackaged: true })
    process.env['XDG_CONFIG_HOME'] = config
  }, folder.path)
  mkdirSync(path.join(folder.path, 'autostart'))
  const file = path.join(folder.path, 'autostart', 'penstock.desktop')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).click()
  const switched = page.getByRole('switch', { name: 'Open at login' })
  await expect(switched).not.toBeChecked()
  await switched.click()
  await expect(switched).toBeChecked()
  expect(readFileSync(file, 'utf8')).toContain(`Exec="${process.execPath}" --hidden`)
  await switched.click()
  await expect(switched).not.toBeChecked()
  expect(() => readFileSync(file)).toThrow('ENOENT')
})
