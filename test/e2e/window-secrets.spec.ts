import { expect } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { test, toast } from './shared-window.ts'

const SECRET = 'hunter2-and-more'

test('an edited task keeps the secrets that nobody looked at, and no mask takes their place', async ({
  server,
  window,
  visit,
}) => {
  const kwargs = `{"message":"first","order":9007199254740993,"password":"${SECRET}","auth":{"api_token":12345678901234567890}}`
  await server.submitAsWindow({ name: 'fail', queue: 'secrets.edit', kwargs, maxRetries: 0 })
  await expect.poll(() => server.count('secrets.edit', ['failed'])).toBe(1)
  await visit('/tasks?queue=secrets.edit')
  await window.getByRole('row').filter({ hasText: 'fail' }).getByText('fail', { exact: true }).click()
  await window.getByRole('button', { name: 'Edit and run again…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Edit and run fail again' })
  const editor = dialog.getByLabel('Keyword arguments (kwargs)')
  await expect(editor).toHaveValue(/"password": "•••••• 1"/)
  await expect(editor).not.toHaveValue(new RegExp(SECRET))
  await expect(editor).not.toHaveValue(/12345678901234567890/)
  const change = (from: string, to: string) =>
    editor.evaluate((area, [a, b]) => (area as HTMLTextAreaElement).value.replace(a, b), [from, to] as const)

  await test.step('a mask that was typed into is not sent', async () => {
    await editor.fill(await change('"•••••• 1"', '"•••••• "'))
    await expect(dialog.getByText(/only a part of what stands for a hidden value/)).toBeVisible()
    await editor.fill(await change('"•••••• "', '"•••••• 1"'))
  })
  await test.step('the difference is in digits beyond 2^53, and shows no secret', async () => {
    await editor.fill((await change('9007199254740993', '9007199254740992')).replace('first', 'second'))
    const difference = dialog.getByRole('region', { name: 'What is changed in the input' })
    await expect(difference).toContainText(/− +"order": 9007199254740993/)
    await expect(difference).toContainText(/\+ +"order": 9007199254740992/)
    await expect(dialog).not.toContainText(SECRET)
    await keepPicture(window, 'secrets-in-edit')
  })
  await test.step('they are shown when asked for, and hidden again', async () => {
    await dialog.getByRole('button', { name: 'Show 2 secrets' }).click()
    await expect(editor).toHaveValue(new RegExp(SECRET))
    await expect(editor).toHaveValue(/12345678901234567890/)
    await dialog.getByRole('button', { name: 'Hide 2 secrets' }).click()
    await expect(editor).not.toHaveValue(new RegExp(SECRET))
  })
  await dialog.getByRole('button', { name: /^Run again/ }).click()
  await expect.poll(() => server.count('secrets.edit', ['failed'])).toBe(2)
  const { tasks } = await server.call<{ tasks: readonly { readonly id: string }[] }>('/rpc/tasks/list', {
    queue: 'secrets.edit',
    order: 'newest',
    limit: 1,
  })
  const copy = await server.call<{ kwargs: string }>('/rpc/tasks/get', { id: tasks[0]!.id })
  expect(copy.kwargs.replaceAll(/\s/g, '')).toBe(kwargs.replace('993', '992').replace('first', 'second'))
})

test('a duplicate and a schedule keep their secrets out of sight too', async ({ server, window, visit }) => {
  await server.submitAsWindow({
    name: 'demo',
    queue: 'secrets.duplicate',
    kwargs: `{"count":1,"token":"${SECRET}"}`,
  })
  await expect.poll(() => server.count('secrets.duplicate', ['succeeded'])).toBe(1)
  await visit('/tasks?queue=secrets.duplicate')
  await window.getByRole('row').filter({ hasText: 'demo' }).getByText('demo', { exact: true }).click()
  await window.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Duplicate…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Submit a task' })
  await expect(dialog.getByLabel('Input (JSON)')).toHaveValue(/"token": "•••••• 1"/)
  await dialog.getByRole('button', { name: /^Submit task/ }).click()
  await expect.poll(() => server.count('secrets.duplicate', ['succeeded'])).toBe(2)
  const { tasks } = await server.call<{ tasks: readonly { readonly id: string }[] }>('/rpc/tasks/list', {
    queue: 'secrets.duplicate',
    order: 'newest',
    limit: 1,
  })
  const copy = await server.call<{ kwargs: string }>('/rpc/tasks/get', { id: tasks[0]!.id })
  expect(JSON.parse(copy.kwargs)).toEqual({ count: 1, token: SECRET })

  const schedule = await server.call<{ id: string }>('/rpc/schedules/create', {
    name: 'with a secret',
    timing: { kind: 'interval', everyMs: 86_400_000 },
    task: { name: 'demo', queue: 'secrets.duplicate', kwargs: `{"api_key":"${SECRET}"}` },
  })
  await visit(`/schedules?open=${schedule.id}`)
  await window.getByRole('row').filter({ hasText: 'with a secret' }).first().click()
  await window.getByRole('button', { name: /^Edit/ }).click()
  const form = window.getByRole('dialog', { name: 'Edit with a secret' })
  await expect(form.getByLabel('Input (JSON)')).toHaveValue(/"api_key": "•••••• 1"/)
  await form.getByLabel('Priority').fill('7')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(toast(window, 'Saved with a secret')).toBeVisible()
  const saved = await server.call<{ task: { kwargs: string; priority: number } }>('/rpc/schedules/get', {
    id: schedule.id,
  })
  expect([JSON.parse(saved.task.kwargs), saved.task.priority]).toEqual([{ api_key: SECRET }, 7])
})

test('what a task says and what it dies of is masked on every page that tells of it', async ({
  server,
  window,
  visit,
}) => {
  const said = `login of ada with {"password":"${SECRET}"} and token=${SECRET}`
  // Often enough to be among the patterns of all queues, whatever else has failed here.
  const fail = {
    name: 'fail',
    queue: 'secrets.said',
    kwargs: JSON.stringify({ message: said }),
    maxRetries: 0,
  }
  await server.submitMany([fail, fail, fail])
  await server.submitAsWindow({
    name: 'tell',
    queue: 'secrets.said',
    kwargs: JSON.stringify({ message: said }),
  })
  await expect.poll(() => server.count('secrets.said', ['failed', 'succeeded'])).toBe(4)
  const { tasks } = await server.call<{ tasks: readonly { readonly id: string; readonly name: string }[] }>(
    '/rpc/tasks/list',
    { queue: 'secrets.said', limit: 10 },
  )
  const idOf = (name: string) => tasks.find((task) => task.name === name)!.id
  const isHidden = async (place = window.locator('body')) => {
    await expect(place).toContainText('login of ada')
    expect(await place.evaluate((body) => body.outerHTML)).not.toContain(SECRET)
  }

  await visit('/tasks?queue=secrets.said')
  await isHidden()
  await visit(`/tasks?queue=secrets.said&task=${idOf('fail')}&tab=error`)
  const error = window.getByRole('tabpanel', { name: 'Error' })
  await expect(error).toContainText('login of ada with {"password":"••••••"} and token=••••••')
  await error.getByRole('button', { name: 'Show as text' }).click()
  // The input repeats the message under a key that is not secret: a payload is masked by its keys.
  await expect(error.getByLabel('Traceback')).toContainText('token=••••••')
  await expect(error.getByLabel('Traceback')).not.toContainText(SECRET)
  await error.getByRole('button', { name: /^Show \d+ secrets$/ }).click()
  await expect(error.getByLabel('Traceback')).toContainText(SECRET)

  await visit(`/tasks?queue=secrets.said&task=${idOf('tell')}&tab=logs`)
  await isHidden(window.locator('body').filter({ hasText: 'telling: login of ada' }))
  const logs = window.getByRole('log', { name: 'Log lines' })
  await isHidden(logs)
  await window.getByRole('button', { name: /^Show \d+ secrets?$/ }).click()
  await expect(logs).toContainText(SECRET)

  await visit('/dead-letters?queue=secrets.said')
  await isHidden()
  await window.getByRole('row').filter({ hasText: 'login of ada' }).first().click()
  await expect(window.getByRole('link', { name: 'fail' }).first()).toBeVisible()
  await isHidden()
  await visit('/?queue=secrets.said')
  await isHidden()
  await visit('/analytics')
  await isHidden(window.getByRole('list', { name: 'Failure patterns' }))
  await visit(`/events?queue=secrets.said`)
  await server.submitAsWindow({
    name: 'fail',
    queue: 'secrets.said',
    kwargs: JSON.stringify({ message: `again ${said}` }),
    maxRetries: 0,
  })
  await isHidden()
})
