import { expect, type Locator, type Page } from '@playwright/test'
import { test, watchPage } from './served-window.ts'

/** Opens an operation of Swagger UI, found by its summary. */
async function openOperation(page: Page, summary: string): Promise<Locator> {
  const operation = page.locator('.opblock').filter({ has: page.getByText(summary, { exact: true }) })
  await operation.locator('.opblock-summary-control').click()
  return operation
}

/** Runs it as it is filled in, and answers what it got. */
async function execute(operation: Locator): Promise<{ readonly status: string; readonly body: string }> {
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table tbody')
  return {
    status: await answer.locator('.response-col_status').first().innerText(),
    body: await answer.locator('.highlight-code code').first().innerText(),
  }
}

test('at /docs every operation of the port is there, and its example runs', async ({ page, server }) => {
  const problems = watchPage(page, server.address)
  await page.goto(`${server.address}/docs`)

  await expect(page.locator('.opblock')).toHaveCount(30)
  const submit = await execute(await openOperation(page, 'Create a task'))
  expect(submit.status).toBe('201')
  const { task_id: id } = JSON.parse(submit.body) as { task_id: string }

  const get = await openOperation(page, 'Get a task')
  await get.locator('tr[data-param-name="id"] input').fill(id)
  expect(JSON.parse((await execute(get)).body)).toMatchObject({ id, type: 'demo', queue: 'default' })

  const list = await execute(await openOperation(page, 'List recent tasks'))
  expect(list.status).toBe('200')
  expect(JSON.parse(list.body)).toMatchObject({ total: 1, limit: 100, offset: 0, tasks: [{ task_id: id }] })

  const metrics = await openOperation(page, 'Metrics for Prometheus')
  expect((await execute(metrics)).body).toContain('turbine_tasks_submitted_total')
  expect(problems).toEqual([])
})

test('a refusal is shown as it is, and a stream is offered no button that would wait for its end', async ({
  page,
  server,
}) => {
  await page.goto(`${server.address}/docs`)

  const revoke = await execute(await openOperation(page, 'Revoke a pending or running task'))
  expect(revoke.status).toBe('404')
  expect(JSON.parse(revoke.body)).toMatchObject({ error: { code: 'TASK_NOT_FOUND' } })

  const events = await openOperation(page, 'Live events')
  await expect(events.getByText('A stream goes on until one side closes it')).toBeVisible()
  await expect(events.getByRole('button', { name: 'Execute' })).toHaveCount(0)
})

test('at /redoc the same is there to read and to search, and nothing is asked of other sites', async ({
  page,
  server,
}) => {
  const problems = watchPage(page, server.address)
  await page.goto(`${server.address}/redoc`)

  await expect(page.getByRole('heading', { name: 'Create a task' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Live events' })).toBeVisible()
  await expect(page.getByText('curl').first()).toBeVisible()
  await page.getByPlaceholder('Search').fill('reprocess')
  await expect(page.locator('[data-role="search:results"]')).toContainText('Run failed tasks again')
  expect(problems.filter((problem) => !problem.startsWith('outward: blob:'))).toEqual([])
})
