import { expect, test, type Page } from '@playwright/test'
import packageJson from '../../package.json' with { type: 'json' }
import type { StandInControls } from './electron-stand-in/stand-in-controls.ts'
import type { DesktopApp } from './desktop-app.ts'
import { shareDesktop } from './shared-desktop.ts'
import { connected, shownAddress } from './strip.ts'

const desktopApp = shareDesktop()

let desktop: DesktopApp
let page: Page
test.beforeEach(async () => {
  desktop = desktopApp()
  page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
})

const clickMenu = (id: string) =>
  desktop.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
    if (item == null) throw new Error(`the menu bar has no ${wanted}`)
    item.click()
  }, id)

/** The tray has no names in Electron by which a test could click it. */
function needStandIn(): void {
  test.skip(desktop.shell === 'electron', 'what is in the tray of the system cannot be clicked from here')
}
const tray = () =>
  desktop.evaluate((electron) => {
    const { tray: shown } = (electron as unknown as { standIn: StandInControls }).standIn
    const items = shown?.menu?.items.filter(({ label }) => label !== '') ?? []
    return {
      toolTip: shown?.toolTip,
      labels: items.map(({ label, enabled }) => (enabled ? label : `(${label})`)),
    }
  })
const clickTray = (id: string) =>
  desktop.evaluate((electron, wanted) => {
    const { tray: shown } = (electron as unknown as { standIn: StandInControls }).standIn
    shown!.menu!.getMenuItemById(wanted)!.click()
  }, id)
const isVisible = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())
const closeWindow = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())

async function submit(name: string, input: object, queue = 'default'): Promise<string> {
  const address = await shownAddress(page).innerText()
  const send = () =>
    fetch(`http://${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: name, queue, payload: input, max_retries: 0 }),
    })
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(async () => (await send()).status).toBe(201)
  return address
}

test('the menu bar does in the window what its palette does', async () => {
  await clickMenu('page:/queues')
  await expect(page).toHaveURL(/#\/queues$/)
  await clickMenu('palette')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toBeVisible()
  await clickMenu('submit')
  await expect(page.getByRole('dialog', { name: 'Submit a task' })).toBeVisible()
  await clickMenu('theme:dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await clickMenu('theme:light')
  await clickMenu('shortcuts')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('In the desktop app')
  await page.keyboard.press('Escape')
})

test('the menu bar says what this program is', async () => {
  needStandIn()
  await clickMenu('about')
  const shown = await desktop.evaluate(
    (electron) => (electron as unknown as { standIn: StandInControls }).standIn.aboutPanel.shown,
  )
  expect(shown).toMatchObject({ applicationName: 'Penstock', applicationVersion: packageJson.version })
})

test('a click in the menu bar brings back a window that is hidden', async () => {
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.hide())
  await clickMenu('page:/alerts')
  await expect.poll(isVisible).toBe(true)
  await expect(page).toHaveURL(/#\/alerts/)
})

test('the tray tells of dead letters, and opens them', async () => {
  needStandIn()
  await expect.poll(async () => (await tray()).labels).toContain('(No dead letters)')
  await submit('fail', { message: 'It broke' })
  await expect.poll(async () => (await tray()).labels).toContain('1 dead letter')
  expect((await tray()).toolTip).toMatch(/^Penstock: 1 dead letter, \d running$/)
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.hide())
  await clickTray('dead-letters')
  await expect.poll(isVisible).toBe(true)
  await expect(page).toHaveURL(/#\/dead-letters/)
})

test('the tray pauses all queues and resumes them', async () => {
  needStandIn()
  const address = await submit('demo', { message: 'Hello', count: 1 }, 'mail')
  const waiting = async () => {
    const { tasks } = (await (await fetch(`http://${address}/api/overview`)).json()) as {
      tasks: { pending: number }
    }
    return tasks.pending
  }
  // Paused before a worker has it, it would wait as well.
  await expect.poll(waiting).toBe(0)
  await expect.poll(async () => (await tray()).labels).toContain('Pause all queues')
  await clickTray('pause-all')
  await expect(
    page.getByText(/^Paused \d queues?, and those that begin until all are resumed$/),
  ).toBeVisible()
  await expect.poll(async () => (await tray()).labels).toContain('(Pause all queues)')
  await clickMenu('page:/queues')
  await expect(page.getByText('Paused', { exact: true }).first()).toBeVisible()
  // A queue that begins meanwhile waits with the others.
  await submit('demo', { message: 'Hello', count: 1 }, 'begins-later')
  await expect(page.getByRole('row').filter({ hasText: 'begins-later' })).toContainText('Paused')
  expect(await waiting()).toBe(1)
  await clickTray('resume-all')
  // Goes by itself after seconds.
  await expect(page.getByText(/^Resumed \d queues?$/)).toBeVisible()
  await expect.poll(waiting).toBe(0)
  await expect.poll(async () => (await tray()).labels).toContain('(Resume all queues)')
})

test('closing the window asks once, and then keeps the broker running in the tray', async () => {
  test.skip(process.platform === 'darwin', 'where a program outlives its windows')
  // Nobody is asked in a page that does not listen yet: one that does what the menu bar says listens.
  await clickMenu('page:/workers')
  await expect(page).toHaveURL(/#\/workers/)
  await closeWindow()
  const question = page.getByRole('dialog', { name: 'Keep Penstock running?' })
  await expect(question).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('close-light.png') })
  await page.emulateMedia({ colorScheme: 'dark' })
  await clickMenu('page:/tasks')
  // Something else took its place: nothing was answered, and it may be asked again.
  await expect(question).toHaveCount(0)
  await clickMenu('theme:dark')
  // What the window asks is answered in order: with these settings, the app knows that the question is gone.
  // Closed before it knows, the window would close: twice means out.
  await clickMenu('page:/settings')
  const choice = page.getByRole('radiogroup', { name: 'When the window is closed' })
  await expect(choice.getByRole('radio', { name: 'Ask' })).toBeChecked()
  await closeWindow()
  await expect(question).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('close-dark.png') })
  expect(await isVisible()).toBe(true)
  await question.getByRole('button', { name: 'Keep running' }).click()
  await expect.poll(isVisible).toBe(false)

  const address = await shownAddress(page).innerText()
  expect((await fetch(`http://${address}/api/health`)).status).toBe(200)
  await clickMenu('page:/settings')
  await expect.poll(isVisible).toBe(true)
  await expect(choice.getByRole('radio', { name: 'Keep running' })).toBeChecked()
  await closeWindow()
  await expect.poll(isVisible).toBe(false)
  await clickMenu('theme:light')
  await expect.poll(isVisible).toBe(true)
})

test('updates are off where nobody set them up, and Settings says so', async () => {
  await clickMenu('page:/settings')
  const panel = page.getByRole('region', { name: 'Desktop' })
  await expect(panel).toContainText('Newer versions')
  await expect(panel).toContainText('This Penstock runs from its sources; newer ones come with git pull.')
  await expect(panel.getByRole('status').filter({ hasText: /^Off$/ })).toBeVisible()
  await expect(panel.getByRole('button', { name: /Look now|Restart/ })).toHaveCount(0)
})

test('the settings of the desktop app are changed in the window, and kept', async () => {
  await clickMenu('page:/settings')
  const panel = page.getByRole('region', { name: 'Desktop' })
  await expect(panel.getByRole('switch', { name: 'Open at login' })).toBeDisabled()
  await expect(panel).toContainText('Only the installed app can open at login')
  await panel.getByRole('checkbox', { name: 'No worker takes tasks' }).click()
  await expect(panel.getByRole('checkbox', { name: 'No worker takes tasks' })).not.toBeChecked()
  await panel.getByRole('switch', { name: 'Quiet hours' }).click()
  await panel.getByLabel('Quiet from').fill('21:30')
  await panel.getByLabel('Quiet from').blur()
  await panel.screenshot({ path: test.info().outputPath('desktop-settings-light.png') })
  await clickMenu('theme:dark')
  await panel.screenshot({ path: test.info().outputPath('desktop-settings-dark.png') })
  await clickMenu('theme:light')
  await page.reload()
  await expect(panel.getByLabel('Quiet from')).toHaveValue('21:30')
  await expect(panel.getByRole('checkbox', { name: 'No worker takes tasks' })).not.toBeChecked()
  await panel.getByRole('switch', { name: 'Quiet hours' }).click()
  await panel.getByRole('radio', { name: 'Ask' }).click()
})

test('the tray opens the window, and quits in order', async () => {
  needStandIn()
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.hide())
  await clickTray('open')
  await expect.poll(isVisible).toBe(true)
  // The program may be gone before it can answer.
  await clickTray('quit').catch(() => undefined)
  expect(await desktop.exited).toEqual({ code: 0, signal: null })
})
