import { expect, type Locator } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { test, toast } from './shared-window.ts'

test('an alert is raised by a rule that was changed here, acknowledged, and goes to the history', async ({
  server,
  window,
  visit,
}) => {
  await server.submitMany(Array.from({ length: 5 }, () => ({ name: 'nobody_knows_this', queue: 'deep' })))
  await visit('/alerts?view=rules')
  await window.getByRole('button', { name: 'Change Queue is deep' }).click()
  const form = window.getByRole('dialog', { name: 'Queue is deep' })
  await form.getByLabel(/More waiting than/).fill('-1')
  await expect(form.getByText('This is no possible number of tasks.')).toBeVisible()
  await form.getByLabel(/More waiting than/).fill('3')
  await expect(form.getByText('More than 3 tasks wait in one queue.')).toBeVisible()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(window.getByRole('list', { name: 'Rules' })).toContainText(
    'More than 3 tasks wait in one queue.',
  )

  await window.getByRole('tab', { name: /^Open/ }).click()
  const alert = window
    .getByRole('list', { name: 'Open alerts' })
    .getByRole('listitem')
    .filter({ hasText: "queue 'deep'" })
  await expect(alert).toContainText("5 tasks wait in queue 'deep'.")
  await alert.getByRole('button', { name: /^Acknowledge/ }).click()
  await expect(alert).toContainText('seen')
  await keepPicture(window, 'alert-acknowledged')

  await window.getByRole('tab', { name: 'Rules' }).click()
  await window.getByRole('switch', { name: 'Queue is deep' }).click()
  await expect(toast(window, 'Watching no more: Queue is deep')).toBeVisible()
  await window.getByRole('tab', { name: 'History' }).click()
  const past = window
    .getByRole('list', { name: 'All alerts' })
    .getByRole('listitem')
    .filter({ hasText: "queue 'deep'" })
  await expect(past).toContainText('over after')
})

test('analytics shows a period as charts and as tables, of all queues or of one', async ({
  server,
  window,
  visit,
}) => {
  await server.submitMany([
    ...Array.from({ length: 10 }, () => ({ name: 'sleep', kwargs: '{"ms":5}', queue: 'numbers' })),
    // Often enough to be among the patterns of all queues, whatever else has failed here.
    ...Array.from({ length: 3 }, () => ({
      name: 'fail',
      kwargs: '{"message":"the printer is on fire"}',
      queue: 'numbers',
      maxRetries: 0,
    })),
  ])
  await expect.poll(() => server.count('numbers', ['succeeded', 'failed'])).toBe(13)
  await visit('/analytics?queue=numbers&period=1h')
  const short = window.locator('dl').filter({ hasText: 'Longest wait' })
  await expect(short).toContainText('13')
  await expect(window.getByRole('table', { name: 'By task name' })).toContainText('fail')
  await expect(window.getByRole('list', { name: 'Failure patterns' })).toContainText('the printer is on fire')

  for (const title of ['Throughput', 'Latency', 'Depth', 'Oldest waiting', 'Outcomes']) {
    const panel = window.getByRole('region', { name: title, exact: true })
    await panel.getByRole('button', { name: `${title} as a table` }).click()
    await expect(panel.getByRole('row').nth(1)).toContainText('so far')
  }
  const outcomes = window.getByRole('region', { name: 'Outcomes', exact: true })
  // The tasks may have ended on both sides of a step's end.
  await expect.poll(() => sumOf(outcomes.getByRole('table'), 'Succeeded')).toBe(10)
  await expect.poll(() => sumOf(outcomes.getByRole('table'), 'Failed')).toBe(3)
  await outcomes.getByRole('button', { name: 'Outcomes as a chart' }).click()
  await expect(outcomes.getByRole('table')).toHaveCount(0)

  await window.getByRole('radio', { name: '30 d' }).click()
  await expect(window).toHaveURL(/period=30d/)
  await expect(window.getByRole('region', { name: 'Depth', exact: true }).getByRole('row')).toHaveCount(31)
})

/** What the figures under a head come to. */
const sumOf = (table: Locator, head: string) =>
  table.evaluate((element, wanted) => {
    const [heads = [], ...rows] = Array.from((element as HTMLTableElement).rows, ({ cells }) =>
      Array.from(cells, ({ textContent }) => textContent),
    )
    return rows.reduce((sum, figures) => sum + Number(figures[heads.indexOf(wanted)]), 0)
  }, head)

test('how long and how many wait is kept, and drawn', async ({ server, window, visit }) => {
  await server.submitMany(Array.from({ length: 7 }, () => ({ name: 'nobody_knows_this', queue: 'stuck' })))
  await visit('/analytics?queue=stuck&period=1h')
  const deepest = window.locator('dl > div').filter({ hasText: 'Deepest' })
  // It is looked at every fifteen seconds.
  await expect(deepest).toContainText('waiting, from', { timeout: 30_000 })
})

test('the API page tells where and how, in three languages, about a task that is there', async ({
  server,
  window,
  visit,
}) => {
  await server.submit({ type: 'sleep', payload: { ms: 1 }, queue: 'api' })
  await visit('/api')
  const main = window.getByRole('main')
  const oneTask = main.getByRole('region', { name: 'One task' })
  // The example is there before the task that it is about.
  const example = new RegExp(`curl '${server.address}/api/v1/tasks/([\\da-f-]{36})'`)
  await expect(oneTask).toContainText(example)
  // Of another test, it may be; but it is there.
  const id = example.exec(await oneTask.innerText())?.[1]
  expect((await fetch(`${server.address}/api/v1/tasks/${id}`)).status).toBe(200)
  await main.getByRole('radio', { name: 'Python' }).click()
  await expect(main.getByRole('region', { name: 'Submit a task' })).toContainText('import urllib.request')
  await main.getByRole('tab', { name: 'turbine' }).click()
  await main.getByRole('radio', { name: 'JavaScript' }).click()
  await expect(main.getByRole('region', { name: 'The numbers at a glance' })).toContainText(
    `await fetch('${server.address}/api/overview')`,
  )
  await main.getByRole('tab', { name: 'dtqs' }).click()
  await expect(main.getByText('No listener speaks it now.')).toBeVisible()
  await expect(main.getByRole('link', { name: /^Try it out/ })).toHaveAttribute(
    'href',
    `${server.address}/docs`,
  )
})

test('settings change how the window looks and what it hides, and outlive the page', async ({
  server,
  window,
  visit,
}) => {
  const [receipt] = await server.submitMany([
    { name: 'nobody_knows_this', queue: 'hush', kwargs: '{"password":"hunter2","iban":"DE89 3704"}' },
  ])
  await visit('/settings')
  await window.getByRole('radio', { name: 'Compact' }).click()
  await window.getByLabel('Another one').fill('IBAN')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('table', { name: 'Handlers' })).toContainText('demo')
  await keepPicture(window, 'settings')

  await window.reload()
  await expect(window.locator('html')).toHaveAttribute('data-density', 'compact')
  await visit(`/tasks?task=${receipt!.id}`)
  const drawer = window.getByRole('complementary', { name: 'Task nobody_knows_this' })
  const input = drawer.getByRole('region', { name: 'Input' })
  await expect(input).toContainText('"password"')
  await expect(input).not.toContainText(/hunter2|DE89/)
  await drawer.getByRole('button', { name: 'Show 2 secrets' }).click()
  await expect(input).toContainText('hunter2')
  await expect(input).toContainText('DE89 3704')
})

test('going on with less is said, seen, and ended', async ({ window, visit }) => {
  await visit('/settings')
  const health = window.getByRole('region', { name: 'Health' })
  await expect(health).toContainText('100 % of the parts are well')
  await health.getByRole('button', { name: 'Go on with less…' }).last().click()
  const dialog = window.getByRole('dialog', { name: 'Remote connections: go on with less' })
  await dialog.getByLabel('Empty answers').check()
  await dialog.getByRole('button', { name: 'Go on with less' }).click()
  await expect(health).toContainText('80 % of the parts are well')
  await health.getByRole('button', { name: 'Back to normal' }).click()
  await expect(health).toContainText('100 % of the parts are well')
})

test('the figures of analytics keep to the panels’ padding, each state on one line', async ({
  server,
  window,
  visit,
}) => {
  await server.submitMany([{ name: 'sleep', kwargs: '{"ms":5}', queue: 'padding' }])
  await expect.poll(() => server.count('padding', ['succeeded'])).toBe(1)
  await window.setViewportSize({ width: 1440, height: 900 })
  await visit('/analytics?period=1h')
  const rows = window.getByRole('table', { name: 'Tasks by state' }).getByRole('row')
  await expect(rows).toHaveCount(10)
  for (const row of (await rows.all()).slice(1)) expect((await row.boundingBox())!.height).toBeLessThan(28)

  const inset = async (panel: string, part: string) => {
    const region = window.getByRole('region', { name: panel, exact: true })
    const outer = (await region.boundingBox())!
    const inner = (await region.locator(part).first().boundingBox())!
    return { left: inner.x - outer.x, right: outer.x + outer.width - inner.x - inner.width }
  }
  for (const [panel, part] of [
    ['Latency', 'figure'],
    ['Outcomes', 'ul'],
    ['States', 'table'],
  ] as const) {
    const { left, right } = await inset(panel, part)
    expect(left, `${panel}, left`).toBeGreaterThanOrEqual(16)
    expect(right, `${panel}, right`).toBeGreaterThanOrEqual(16)
  }
})

test('in the smallest window the menu of queues leaves room for the Live switch', async ({
  window,
  visit,
}) => {
  await window.setViewportSize({ width: 900, height: 600 })
  await visit('/analytics')
  await window.getByRole('switch', { name: 'Live' }).click()
  // The word is wider than the one of before, which moves the menu.
  const word = (await window.getByRole('banner').getByText('Paused', { exact: true }).boundingBox())!
  const menu = (await window.getByRole('button', { name: 'All queues' }).boundingBox())!
  expect(word.x - menu.x - menu.width).toBeGreaterThanOrEqual(8)
})
