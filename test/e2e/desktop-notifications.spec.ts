import { expect, test, type Page } from '@playwright/test'
import { ALERT_TITLES } from '../../src/renderer/screens/alerts/alert-words.ts'
import type { DesktopApp } from './desktop-app.ts'
import type { StandInControls } from './electron-stand-in/stand-in-controls.ts'
import { shareDesktop } from './shared-desktop.ts'
import { connected, shownAddress } from './strip.ts'

const desktopApp = shareDesktop()
/** Before anything was shown, by a clock that only grows. */
const openedAt = performance.now()

let desktop: DesktopApp
let page: Page
test.beforeEach(async () => {
  desktop = desktopApp()
  test.skip(desktop.shell === 'electron', 'what the system shows cannot be read from here')
  page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
})

/** Those shown from the first one with this title on. */
const shown = () =>
  desktop.evaluate((electron) =>
    (electron as unknown as { standIn: StandInControls }).standIn.notifications.map(
      ({ title, body, actions }) => ({ title, body, actions: [...actions] }),
    ),
  )
const press = (title: string, action: string | null) =>
  desktop.evaluate(
    (electron, wanted) => {
      const { notifications } = (electron as unknown as { standIn: StandInControls }).standIn
      const found = notifications.findLast((notification) => notification.title === wanted.title)
      if (found === undefined) throw new Error(`no notification says ${wanted.title}`)
      if (wanted.action === null) found.click()
      else found.press(wanted.action)
    },
    { title, action },
  )
/** Another program is in front. */
const leave = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.blur())
const isFocused = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isFocused())

const goTo = (name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click()

const addressOf = () => shownAddress(page).innerText()

async function failed(): Promise<number> {
  const response = await fetch(`http://${await addressOf()}/api/overview`)
  const { tasks } = (await response.json()) as { tasks: { failed: number } }
  return tasks.failed
}

async function submit(tasks: number, body: object): Promise<void> {
  const address = await addressOf()
  const send = async () => {
    const { status } = await fetch(`http://${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ max_retries: 0, ...body }),
    })
    return status
  }
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(send).toBe(201)
  const statuses = await Promise.all(Array.from({ length: tasks - 1 }, send))
  expect(statuses.every((status) => status === 201)).toBe(true)
}
const fail = (tasks: number, message: string) => submit(tasks, { type: 'fail', payload: { message } })

test('a task that fails is notified of when nobody looks; the click opens it, "Retry" runs it again', async () => {
  // The page may be read before the app has its window in front.
  await expect.poll(isFocused).toBe(true)
  await fail(1, 'while it is seen')
  await goTo('Dead letters')
  await expect(page.getByText('while it is seen').first()).toBeVisible()
  // Counted, it has been told to the app too; the page reads what is on the disk, maybe before that.
  await expect.poll(failed).toBe(1)
  await leave()
  await fail(1, 'SMTP has no route')
  await expect.poll(shown).toEqual([
    {
      title: 'fail failed',
      body: 'default: SMTP has no route',
      actions: ['Open', 'Retry', 'Mute for an hour'],
    },
  ])

  await press('fail failed', null)
  await expect.poll(isFocused).toBe(true)
  const panel = page.getByRole('complementary', { name: 'Task fail' })
  await expect(panel).toContainText('SMTP has no route')
  await press('fail failed', 'Retry')
  await expect(page.getByText('Running fail again')).toBeVisible()
  // A second press is not a second run.
  await press('fail failed', 'Retry')
  await goTo('Dead letters')
  await goTo('Tasks')
  await expect(page.getByRole('row').filter({ hasText: 'fail' })).toHaveCount(3)
  // It fails again, and is seen.
  await expect.poll(failed).toBe(3)
})

/** How many failed tasks a notification tells of. */
const countOf = ({ title }: { readonly title: string }) =>
  title === 'fail failed' ? 1 : Number(/^(\d+) tasks failed$/.exec(title)?.[1])

test('hundreds that fail at once are one notification, and a minute has only a few', async () => {
  test.setTimeout(150_000)
  // So many failures raise an alert within seconds, which would be told together with them, or after them.
  await goTo('Settings')
  const failureRate = page.getByRole('checkbox', { name: ALERT_TITLES.HIGH_FAILURE_RATE })
  await failureRate.click()
  await expect(failureRate).not.toBeChecked()
  await leave()
  const before = (await shown()).length
  await fail(300, 'all at once')
  const latest = async () => (await shown()).slice(before)
  // What comes together within a second is told together; a slow machine takes several. With four shown, what
  // is left waits until the minute is over.
  await expect
    .poll(async () => (await latest()).reduce((sum, notice) => sum + countOf(notice), 0), {
      timeout: 120_000,
    })
    .toBe(300)
  const minutes = Math.floor((performance.now() - openedAt) / 60_000) + 1
  expect((await shown()).length).toBeLessThanOrEqual(4 * minutes)
  const { title } = (await latest()).find((notice) => countOf(notice) >= 10)!
  await press(title, 'Open')
  await expect(page).toHaveURL(/#\/dead-letters/)
})

test('what is muted is quiet, until it is unmuted in the settings', async () => {
  // It may be the fifth of a minute, and waits for the next one.
  test.setTimeout(150_000)
  await press('fail failed', 'Mute for an hour')
  await goTo('Settings')
  const unmute = page.getByRole('button', { name: 'Unmute fail' })
  await expect(unmute).toBeVisible()
  await leave()
  const before = (await shown()).length
  const failures = await failed()
  await fail(1, 'muted')
  await expect.poll(failed).toBe(failures + 1)
  await unmute.click()
  await expect(unmute).toHaveCount(0)
  await leave()
  await fail(1, 'heard again')
  await expect.poll(async () => (await shown()).length, { timeout: 90_000 }).toBe(before + 1)
  expect((await shown()).at(-1)).toMatchObject({ title: 'fail failed', body: 'default: heard again' })
})
