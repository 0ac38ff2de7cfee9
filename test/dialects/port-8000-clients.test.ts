import { afterAll, beforeAll, expect, it } from 'vitest'
import { untilFinal } from '../support/until.ts'
import { PORT_8000 } from './documented/port-8000.ts'
import { openServer, type TestServer } from './open-server.ts'

const EACH = 12

let server: TestServer
beforeAll(async () => {
  server = await openServer({
    dialects: PORT_8000,
    threads: 3,
    taskFiles: {
      'tasks.ts': `
        export const square = ({ args, kwargs }) => ({ square: (args[0] ?? kwargs.n) ** 2 })
        export const refuse = ({ args, kwargs }) => { throw new Error('no ' + (args[0] ?? kwargs.n)) }`,
    },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const get = async (path: string) => (await server.get(path)).body
const numbers = Array.from({ length: EACH }, (_, index) => index)
/** Every fourth task of dtqs fails. */
const nameOf = (n: number) => (n % 4 === 3 ? 'refuse' : 'square')

/** Polls as the documents' clients do, but wakes with the broker instead of a clock. */
async function ended(id: string): Promise<void> {
  await untilFinal(server.broker, id)
}

/** A client of dtqs: tasks in a queue of its own, then a list by status. */
async function dtqsClient() {
  const tasks = await Promise.all(
    numbers.map(async (n) => {
      const { status, body } = await server.post('/api/v1/tasks', {
        task_name: nameOf(n),
        task_args: [n],
        queue_name: 'payments',
        max_retries: 0,
        priority: 8,
      })
      expect([status, body.status]).toEqual([201, 'PENDING'])
      return { n, id: body.task_id as string }
    }),
  )
  for (const { n, id } of tasks) {
    await ended(id)
    const task = await get(`/api/v1/tasks/${id}`)
    expect(task).toMatchObject({ task_name: nameOf(n), queue_name: 'payments', priority: 8, max_retries: 0 })
    expect(task.status).toBe(n % 4 === 3 ? 'FAILED' : 'COMPLETED')
  }
  const failed = await get('/api/v1/tasks?status=FAILED&queue_name=payments&limit=100')
  expect(failed.tasks.map((task: { task_id: string }) => task.task_id).toSorted()).toEqual(
    tasks
      .filter(({ n }) => n % 4 === 3)
      .map(({ id }) => id)
      .toSorted(),
  )
  return tasks
}

/** A client of taskmanager: half of them wait for the answer, half poll; then it cleans up one. */
async function taskmanagerClient() {
  return Promise.all(
    numbers.map(async (n) => {
      const sync = n % 2 === 0
      const { status, body } = await server.post('/api/v1/tasks', {
        task_name: 'square',
        kwargs: { n },
        sync,
      })
      expect(status).toBe(sync ? 200 : 202)
      await ended(body.task_id)
      const task = sync ? body : await get(`/api/v1/tasks/${body.task_id}`)
      expect(task).toMatchObject({ state: 'SUCCESS', progress: 1, result: { square: n ** 2 }, error: null })
      return { n, id: task.task_id as string }
    }),
  )
}

/** A client of taskqueue: pauses each of its tasks, changes it, and lets it run. */
async function taskqueueClient() {
  return Promise.all(
    numbers.map(async (n) => {
      const created = await server.post('/api/tasks/', {
        name: 'nobody_knows_this_yet',
        payload: { n },
        priority: 'LOW',
      })
      expect(created.status).toBe(201)
      const path = `/api/tasks/${created.body.id}`
      expect((await server.call('PATCH', `${path}/pause`)).body.status).toBe('paused')
      await server.call('PUT', path, { json: { name: 'square', priority: 4 } })
      expect((await server.call('PATCH', `${path}/resume`)).status).toBe(200)
      await ended((await server.broker.getTaskByNumber(created.body.id)).id)
      expect(await get(path)).toMatchObject({
        name: 'square',
        payload: { n },
        priority: 4,
        status: 'completed',
        result: { square: n ** 2 },
      })
      return { n, number: created.body.id as number }
    }),
  )
}

it('three kinds of client at once each find their tasks right, and those of the others too', async () => {
  const [ofDtqs, ofTaskmanager, ofTaskqueue] = await Promise.all([
    dtqsClient(),
    taskmanagerClient(),
    taskqueueClient(),
  ])

  // Every dialect sees every task: the same one, in its own words.
  const all = await get('/api/tasks/?limit=1000')
  expect(all).toHaveLength(3 * EACH)
  expect((await get('/api/v1/tasks?limit=1000')).total).toBe(3 * EACH)
  expect(all.filter(({ status }: { status: string }) => status === 'failed')).toHaveLength(EACH / 4)
  for (const { number, n } of ofTaskqueue) {
    const { id } = await server.broker.getTaskByNumber(number)
    expect(await get(`/api/v1/tasks/${id}`)).toMatchObject({
      status: 'COMPLETED',
      state: 'SUCCESS',
      priority: 10,
      result: { square: n ** 2 },
    })
  }
  for (const { id } of [...ofDtqs, ...ofTaskmanager]) {
    const { number } = await server.broker.getTask(id)
    const { status, state } = await get(`/api/v1/tasks/${id}`)
    expect([
      ['COMPLETED', 'SUCCESS', 'completed'],
      ['FAILED', 'FAILURE', 'failed'],
    ]).toContainEqual([status, state, (await get(`/api/tasks/${number}`)).status])
  }

  // What one of them cleans up is gone for all.
  const { id } = ofTaskmanager[0]!
  const { number } = await server.broker.getTask(id)
  expect((await server.call('DELETE', `/api/v1/tasks/${id}`)).status).toBe(200)
  expect((await server.get(`/api/tasks/${number}`)).status).toBe(404)
  expect((await get('/api/v1/tasks')).total).toBe(3 * EACH - 1)
  const metrics = (await server.get('/dashboard/metrics')).text
  expect(metrics).toContain('tasks_completed_total{task_name="refuse",status="failure"} 3\n')
})
