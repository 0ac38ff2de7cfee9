import { expect, type Page } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { findBarriers, test, toast } from './shared-window.ts'

const change = async (window: Page, item: string) => {
  await window.getByRole('button', { name: 'Change', exact: true }).click()
  await window.getByRole('menuitem', { name: item }).click()
}

test('ticked tasks are paused, and resumed again by undo', async ({ server, window, visit }) => {
  await server.submitMany(Array.from({ length: 3 }, () => ({ name: 'nobody_runs_this', queue: 'ticked' })))
  await visit('/tasks?queue=ticked')
  await window.getByRole('checkbox', { name: 'Tick all loaded tasks' }).click()
  await change(window, 'Pause…')
  const question = window.getByRole('dialog', { name: 'Pause 3 tasks?' })
  await expect(question).toContainText('held back until they are resumed')
  await question.getByRole('button', { name: 'Pause 3' }).click()
  await expect(toast(window, 'Paused 3')).toBeVisible()
  expect(await server.count('ticked', ['paused'])).toBe(3)

  await toast(window, 'Paused 3').getByRole('button', { name: 'Undo' }).click()
  await expect(toast(window, 'Resumed 3')).toBeVisible()
  expect(await server.count('ticked', ['pending'])).toBe(3)
})

test('ticked tasks get another priority, and by undo each its own again', async ({
  server,
  window,
  visit,
}) => {
  const tasks = await server.call<readonly { readonly id: string }[]>('/rpc/tasks/submit', {
    tasks: [2, 7].map((priority) => ({ name: 'nobody_runs_this', queue: 'ranked', priority })),
  })
  const priorities = () =>
    Promise.all(
      tasks.map(
        async ({ id }) => (await server.call<{ priority: number }>('/rpc/tasks/get', { id })).priority,
      ),
    )
  await visit('/tasks?queue=ranked')
  await window.getByRole('checkbox', { name: 'Tick all loaded tasks' }).click()
  await change(window, 'Priority…')
  const question = window.getByRole('dialog', { name: 'Change the priority of 2 tasks?' })
  await question.getByLabel('New priority').fill('11')
  await expect(question.getByText('A whole number, 0 to 10')).toBeVisible()
  await expect(question.getByRole('button', { name: 'Change 2' })).toHaveAttribute('aria-disabled', 'true')
  await question.getByLabel('New priority').fill('9')
  await keepPicture(window, 'priority')
  await question.getByRole('button', { name: 'Change 2' }).click()
  await expect(toast(window, 'Changed the priority of 2')).toBeVisible()
  expect(await priorities()).toEqual([9, 9])

  await toast(window, 'Changed the priority of 2').getByRole('button', { name: 'Undo' }).click()
  await expect.poll(priorities).toEqual([2, 7])
})

test('everything that matches is paused in one operation, and undone only where that is exact', async ({
  server,
  window,
  visit,
}) => {
  await server.submitMany(Array.from({ length: 250 }, () => ({ name: 'nobody_runs_this', queue: 'many' })))
  await visit('/tasks?queue=many&state=pending')
  const tickAll = async (which: 'First' | 'Oldest') => {
    // The list of before is ticked otherwise, and its ticks go with it.
    await expect(window.getByText(`${which} 100 of 250`)).toBeVisible()
    await window.getByRole('checkbox', { name: 'Tick all loaded tasks' }).click()
    await window.getByRole('button', { name: 'Tick all 250 that match' }).click()
  }
  await tickAll('First')
  await change(window, 'Pause…')
  const question = window.getByRole('dialog', { name: 'Pause 250 tasks?' })
  await expect(question).toContainText('It can be undone right after.')
  expect(await findBarriers(window)).toEqual([])
  await question.getByRole('button', { name: 'Pause 250' }).click()
  await toast(window, 'Paused 250').getByRole('button', { name: 'Undo' }).click()
  await expect(toast(window, 'Resumed 250')).toBeVisible()
  expect(await server.count('many', ['pending'])).toBe(250)
  const operations = await server.call<readonly { action: string; done: number }[]>('/rpc/bulk/list', null)
  expect(operations.slice(0, 2)).toMatchObject([
    { action: 'resume', done: 250 },
    { action: 'pause', done: 250 },
  ])

  // One that is paused already could not be told from the others afterwards.
  const [other] = await server.submitMany([{ name: 'nobody_runs_this', queue: 'many' }])
  await server.call('/rpc/tasks/pause', { id: other!.id })
  await visit('/tasks?queue=many&state=pending&order=oldest')
  await tickAll('Oldest')
  await change(window, 'Pause…')
  await expect(question).toContainText('1 task among them is paused already')
  await question.getByRole('button', { name: 'Do not' }).click()

  await change(window, 'Priority…')
  const priority = window.getByRole('dialog', { name: 'Change the priority of 250 tasks?' })
  await expect(priority).toContainText('This cannot be undone')
  await priority.getByRole('button', { name: 'Change 250' }).click()
  const said = toast(window, 'Changed the priority of 250')
  await expect(said).toBeVisible()
  await expect(said.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('what is ticked while another list is on its way goes with the rows of before', async ({
  server,
  window,
  visit,
}) => {
  const none = { name: 'nobody_runs_this' }
  await server.submitMany(Array.from({ length: 130 }, () => ({ ...none, queue: 'before' })))
  await server.submitMany(Array.from({ length: 120 }, () => ({ ...none, queue: 'after' })))
  await visit('/tasks?queue=before')
  await expect(window.getByText('First 100 of 130')).toBeVisible()
  let letThrough = () => {}
  const isLetThrough = new Promise<void>((resolve) => (letThrough = resolve))
  await window.route('**/rpc/tasks/list', async (route) => {
    await isLetThrough
    await route.continue()
  })
  const list = window.getByRole('region', { name: 'List of tasks' })

  await visit('/tasks?queue=after')
  await expect(list).toHaveAttribute('aria-busy', 'true')
  // The count of the others is known before they are: it is not said of these.
  await expect(window.getByText(/of 120/)).toBeHidden()
  await window.getByRole('checkbox', { name: 'Tick all loaded tasks' }).click()
  await expect(window.getByText('100 ticked')).toBeVisible()
  letThrough()

  await expect(window.getByText('First 100 of 120')).toBeVisible()
  await expect(window.getByText('100 ticked')).toBeHidden()
  await window.getByRole('checkbox', { name: 'Tick all loaded tasks' }).click()
  await expect(window.getByRole('button', { name: 'Tick all 120 that match' })).toBeVisible()
})

test('everything that matches is stopped, or run again with what succeeded, in one operation', async ({
  server,
  window,
  visit,
}) => {
  test.setTimeout(60_000)
  await server.submitMany(
    Array.from({ length: 130 }, () => ({ name: 'sleep', queue: 'bulk.again', kwargs: '{"ms":1}' })),
  )
  await expect.poll(() => server.count('bulk.again', ['succeeded'])).toBe(130)
  const tickAll = async () => {
    // The list of before is ticked otherwise, and its ticks go with it.
    await expect(window.getByText('First 100 of 130')).toBeVisible()
    await window.getByRole('checkbox', { name: 'Tick all loaded tasks' }).click()
    await window.getByRole('button', { name: 'Tick all 130 that match' }).click()
  }
  await visit('/tasks?queue=bulk.again&state=succeeded')
  await tickAll()
  await window.getByRole('button', { name: 'Run again', exact: true }).click()
  const question = window.getByRole('dialog', { name: 'Run 130 tasks again?' })
  const box = question.getByRole('switch', { name: 'Those that have succeeded too' })
  await expect(box).toBeChecked()
  await keepPicture(window, 'run-again')
  expect(await findBarriers(window)).toEqual([])
  await question.getByRole('button', { name: 'Run 130 again' }).click()
  await expect.poll(() => server.count('bulk.again', ['succeeded'])).toBe(260)

  await server.submitMany([
    ...Array.from({ length: 2 }, () => ({ name: 'deaf', queue: 'bulk.stop' })),
    ...Array.from({ length: 128 }, () => ({ name: 'nobody_runs_this', queue: 'bulk.stop' })),
  ])
  await expect.poll(() => server.count('bulk.stop', ['running'])).toBe(2)
  await visit('/tasks?queue=bulk.stop')
  await tickAll()
  await window.getByRole('button', { name: 'Cancel', exact: true }).click()
  await window
    .getByRole('dialog', { name: 'Cancel 130 tasks?' })
    .getByRole('button', { name: 'Ask, then stop their threads' })
    .click()
  await expect(toast(window, /Cancelled 130/)).toBeVisible()
  // Two of them would never have ended by being asked.
  await expect.poll(() => server.count('bulk.stop', ['cancelled'])).toBe(130)
})
