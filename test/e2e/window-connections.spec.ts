import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HeadlessServer, startServer } from './headless-server.ts'
import { keepPicture } from './served-window.ts'
import { findBarriers, test as base, toast } from './shared-window.ts'
import { openTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts'

interface Remote {
  readonly folder: TemporaryFolder
  readonly server: HeadlessServer
  /** Where it speaks taskmanager. */
  readonly taskmanager: string
}

/** A second program, which these tests share as they share the one with the window. */
const test = base.extend<object, { readonly remote: Remote }>({
  remote: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from here
    async ({}, provide) => {
      await using folder = await openTemporaryFolder()
      await using server = await startServer(folder.path, [
        '--listen=0=turbine,asynq',
        '--listen=0=taskmanager',
      ])
      const { listeners } = await server.call<{ listeners: { address: string }[] }>(
        '/rpc/system/status',
        null,
      )
      await provide({ folder, server, taskmanager: listeners[1]!.address })
    },
    { scope: 'worker' },
  ],
})

const menu = (window: Page) => window.getByRole('button', { name: /^Broker: / })
const mark = (window: Page) => window.getByRole('complementary', { name: 'Shown broker' })
const rail = (window: Page, page: string) =>
  window.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: new RegExp(`^${page}`) })

const rowOf = (window: Page, name: string) => window.getByRole('row').filter({ hasText: name })

async function show(window: Page, name: string | RegExp) {
  await menu(window).click()
  await window.getByRole('menuitemradio', { name }).click()
}

test('a broker elsewhere is added by its address, recognised, shown, and told apart', async ({
  remote: { server: remote },
  window,
  visit,
}) => {
  await remote.submit({ type: 'demo', queue: 'far-away', payload: { message: 'Hello', count: 1 } })
  await visit('/queues')
  await menu(window).click()
  await window.getByRole('menuitem', { name: 'Add a connection…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Add a connection' })
  await dialog.getByLabel('Address').fill(remote.address.replace('http://', ''))
  await expect(dialog.getByLabel('Name')).toHaveValue(/^127-0-0-1-\d+$/)
  await dialog.getByLabel('Name').fill('staging')
  await dialog.getByRole('radio', { name: 'green' }).check()
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByRole('status')).toHaveText(/Penstock \d.*healthy, answered in \d+ ms/)
  await expect(dialog.getByLabel('Speaks')).toHaveValue('contract')
  await keepPicture(window, 'dialog')
  expect(await findBarriers(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Add connection' }).click()
  await expect(toast(window, 'Added staging')).toBeVisible()

  await expect(menu(window)).toHaveAccessibleName('Broker: staging, connected')
  await expect(rowOf(window, 'far-away')).toBeVisible()
  await menu(window).click()
  await expect(window.getByRole('menuitemradio', { name: /staging.*connected/ })).toBeChecked()
  await keepPicture(window, 'switcher')
  const { violations } = await new AxeBuilder({ page: window }).include('[role="menu"]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await window.getByRole('menuitemradio', { name: /^Local broker/ }).click()
  await expect(rowOf(window, 'far-away')).toBeHidden()
  // A link to the window opens the broker of this computer, whatever was shown elsewhere.
  await show(window, /^staging/)
  await expect(mark(window)).toContainText('staging')
  await window.reload()
  await expect(menu(window)).toHaveAccessibleName('Broker: staging, connected')
})

test('through a read-only connection everything is seen, nothing can be changed, and every page says so', async ({
  remote: { server: remote },
  server,
  window,
  visit,
}) => {
  await remote.submit({ type: 'demo', queue: 'guarded', payload: { message: 'Hello', count: 1 } })
  // From then on nothing happens there by itself.
  await expect
    .poll(() => remote.call('/rpc/tasks/count', { states: ['pending', 'running', 'retrying'] }))
    .toBe(0)
  await add(server, { name: 'production', address: remote.address, isReadOnly: true, colour: 'red' })
  await visit('/queues')
  await show(window, /^production/)
  const row = rowOf(window, 'guarded')
  await expect(row).toBeVisible()
  const before = await remote.lastSeq()
  const pause = row.getByRole('button', { name: /^Pause guarded/ })
  await expect(pause).toHaveAttribute('aria-disabled', 'true')
  await pause.click({ force: true })
  await expect(window.getByRole('button', { name: 'Submit task' })).toHaveAttribute('aria-disabled', 'true')
  for (const page of ['Overview', 'Tasks', 'Workers', 'Schedules', 'Settings']) {
    await rail(window, page).click()
    await expect(mark(window)).toContainText('read-only')
  }
  await rail(window, 'Workers').click()
  const addWorker = window.getByRole('button', { name: 'Add local worker…' })
  await expect(addWorker).toHaveAttribute('aria-disabled', 'true')
  await rail(window, 'Overview').click()
  await expect(window.getByText('Processed')).toBeVisible()
  await keepPicture(window, 'read-only')
  expect(await findBarriers(window)).toEqual([])
  expect(await remote.lastSeq()).toBe(before)
})

test('what a broker lacks is said in its place, and one without events is looked at again and again', async ({
  remote: { taskmanager },
  server,
  window,
  visit,
}) => {
  await add(server, { name: 'plain', address: taskmanager, dialect: 'taskmanager' })
  await visit('/schedules')
  await show(window, /^plain/)
  await expect(window.getByText('The taskmanager API has no call for this.')).toBeVisible()
  await expect(window.getByRole('button', { name: 'New schedule…' })).toBeHidden()
  await expect(window.getByText(/refreshed now|\d s ago/).first()).toBeVisible()
  await keepPicture(window, 'lacking')
  for (const page of [
    'Overview',
    'Tasks',
    'Queues',
    'Workers',
    'Dead letters',
    'Events',
    'Analytics',
    'Alerts',
  ]) {
    await rail(window, page).click()
    await expect(window.getByRole('heading', { name: page, level: 1 })).toBeVisible()
    await expect(window.getByText(/taskmanager API/).first()).toBeVisible()
    await expect(window.getByText('could not be read')).toBeHidden()
  }
  await rail(window, 'Settings').click()
  await expect(window.getByText(/taskmanager .*, healthy, answered in .* It tells no events/)).toBeVisible()
  expect(await findBarriers(window)).toEqual([])
})

test('tasks are found under the words for states that the server has', async ({
  remote: { server: remote },
  server,
  window,
  visit,
}) => {
  await remote.submit({
    type: 'demo',
    queue: 'for-later',
    payload: { message: 'Hello', count: 1 },
    process_at: '2999-01-01T00:00:00Z',
  })
  await add(server, { name: 'by-turbine', address: remote.address, dialect: 'turbine' })
  await visit('/tasks')
  await expect(window.getByRole('tab', { name: /^Scheduled/ })).toBeVisible()
  await show(window, /^by-turbine/)
  await expect(window.getByRole('tab', { name: /^Scheduled/ })).toBeHidden()
  for (const tab of ['Running', 'Retrying', 'Succeeded', 'Failed', 'Cancelled', 'Pending']) {
    await window.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
    await expect(window.getByText(/cannot tell .* tasks from others|could not be read/)).toBeHidden()
  }
  await expect(rowOf(window, 'for-later')).toBeVisible()
})

test('what a server does not tell is a dash, and nobody says that it has no workers', async ({
  remote: { server: remote },
  server,
  window,
  visit,
}) => {
  const submitted = [1, 2].map((count) =>
    remote.submit({ type: 'demo', queue: 'untold', payload: { message: 'Hello', count } }),
  )
  const ids = await Promise.all(submitted)
  await add(server, { name: 'other-queues', address: remote.address, dialect: 'asynq' })
  await visit('/queues')
  await show(window, /^other-queues/)
  const dash = { name: 'not told by this server' }
  const row = rowOf(window, 'untold')
  await expect(row.getByRole('img', dash).first()).toBeVisible()
  await expect(window.getByText(/no workers/i)).toBeHidden()
  await row.getByRole('link', { name: 'untold' }).click()
  await expect(window.getByRole('heading', { name: 'untold', level: 1 })).toBeVisible()
  await expect(window.getByRole('main').getByRole('img', dash).first()).toBeVisible()
  await expect(window.getByRole('region', { name: 'Settings' })).toContainText('Not told by this server.')
  await expect(window.getByText(/no workers/i)).toBeHidden()
  await keepPicture(window, 'untold-queue')
  expect(await findBarriers(window)).toEqual([])

  await visit(`/tasks/compare?runs=${ids.join(',')}`)
  await show(window, /^other-queues/)
  await expect(window.getByRole('region', { name: 'Input' })).toContainText('Not told by this server.')
  const settings = window.getByRole('region', { name: 'Settings' })
  await expect(settings.getByRole('row').filter({ hasText: 'Priority' }).getByRole('img', dash)).toHaveCount(
    2,
  )
  await expect(settings.getByRole('row').filter({ hasText: 'Queue' })).toContainText('untold')
  await expect(window.getByText('could not be read')).toBeHidden()
  expect(await findBarriers(window)).toEqual([])
})

test.describe('through a server that does not answer', () => {
  test.use({ mayBeRefused: true })

  test('a broker that is lost leaves what was shown, says so, and goes on when it is back', async ({
    server,
    window,
    visit,
  }) => {
    await using folder = await openTemporaryFolder()
    let address: string
    {
      await using first = await startServer(folder.path)
      address = first.address
      await first.submit({ type: 'demo', queue: 'comes-and-goes', payload: { message: 'Hello', count: 1 } })
      await add(server, { name: 'shaky', address })
      await visit('/queues')
      await show(window, /^shaky/)
      await expect(rowOf(window, 'comes-and-goes')).toBeVisible()
    }
    await expect(window.getByRole('alert')).toContainText('shaky is unreachable.')
    await expect(window.getByText(/as it was \d+ s ago/).first()).toBeVisible()
    await expect(rowOf(window, 'comes-and-goes')).toBeVisible()
    await expect(menu(window)).toHaveAccessibleName('Broker: shaky, unreachable')
    await keepPicture(window, 'lost')
    expect(await findBarriers(window)).toEqual([])

    await using again = await startServer(folder.path, [`--listen=${new URL(address).port}=turbine,asynq`])
    // It is tried again by itself too, which takes the button away.
    const tryAgain = window.getByRole('button', { name: 'Try again' })
    await expect(async () => {
      if (await tryAgain.isVisible()) await tryAgain.click({ timeout: 2000 })
      await expect(window.getByRole('alert')).toBeHidden({ timeout: 2000 })
    }).toPass()
    await again.submit({ type: 'demo', queue: 'new-there', payload: { message: 'Hello', count: 1 } })
    await expect(rowOf(window, 'new-there')).toBeVisible()
  })
})

test('a task is run on another broker, its hidden values only when that is agreed to', async ({
  remote: { server: remote },
  server,
  window,
  visit,
}) => {
  await add(server, { name: 'elsewhere', address: remote.address })
  const [receipt] = await server.submitMany([
    { name: 'demo', queue: 'copied', kwargs: '{"message":"Hello","count":1,"password":"hunter2"}' },
  ])
  await visit(`/tasks?task=${receipt!.id}`)
  const drawer = window.getByRole('complementary', { name: 'Task demo' })
  await drawer.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Run on another broker…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Run demo on another broker' })
  await dialog.getByLabel('Broker').selectOption('elsewhere')
  await expect(dialog.getByLabel('Queue')).toHaveValue('copied')
  await expect(dialog).not.toContainText('hunter2')
  const run = dialog.getByRole('button', { name: 'Run there' })
  await expect(run).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('checkbox', { name: 'Send the hidden values' }).check()
  await keepPicture(window, 'copy')
  expect(await findBarriers(window)).toEqual([])
  await run.click()
  await toast(window, 'Runs demo on elsewhere').getByRole('button', { name: 'Open it there' }).click()
  await expect(mark(window)).toContainText('elsewhere')
  await expect(window.getByRole('complementary', { name: 'Task demo' })).toBeVisible()
  const { tasks } = await remote.call<{ tasks: { id: string }[] }>('/rpc/tasks/list', {
    queue: 'copied',
    limit: 5,
  })
  expect(await remote.call('/rpc/tasks/get', { id: tasks[0]!.id })).toMatchObject({
    kwargs: expect.stringContaining('"password": "hunter2"'),
  })
})

test('what a hostile server tells stays text, and its answers without an end freeze nothing', async ({
  server,
  window,
  visit,
}) => {
  const evil = '<img src=x onerror="window.harmed = true"><script>window.harmed = true</script>'
  let isEndless = false
  const listener = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    if (request.url === '/health' && isEndless) return void response.write('{"status":"')
    if (request.url === '/health')
      return void response.end(`{"status":"healthy","service":"evil","version":"1.0"}`)
    const task = {
      task_id: evil,
      state: 'FAILURE',
      submitted_at: '2026-01-01T00:00:00Z',
      error: evil,
      error_type: evil,
    }
    response.end(JSON.stringify({ ...task, result: { [evil]: evil } }))
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
  try {
    await add(server, { name: 'hostile', address, dialect: 'taskmanager' })
    await visit('/tasks')
    await show(window, /^hostile/)
    await window.getByLabel('Id of a task').fill('abc')
    await window.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(window.getByText('onerror').first()).toBeVisible()
    isEndless = true
    await rail(window, 'Settings').click()
    await show(window, /^Local broker/)
    await rail(window, 'Queues').click()
    await expect(window.getByRole('heading', { name: 'Queues', level: 1 })).toBeVisible()
    expect(await window.evaluate(() => 'harmed' in window)).toBe(false)
  } finally {
    listener.close()
    listener.closeAllConnections()
  }
})

interface Added {
  readonly name: string
  readonly address: string
  readonly dialect?: string
  readonly colour?: string
  readonly isReadOnly?: boolean
}

async function add(server: HeadlessServer, connection: Added) {
  await server.call('/rpc/connections/add', {
    dialect: 'contract',
    colour: 'grey',
    isReadOnly: false,
    key: null,
    ...connection,
  })
}
