import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskqueue } from '../../src/server/dialects/taskqueue/serve.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { openServer, type TestServer } from './open-server.ts'

const CANNOT_PAUSE = {
  detail: 'Task not found or cannot be paused (must be in PENDING, SCHEDULED, or RUNNING state)',
}
const CANNOT_RESUME = { detail: 'Task not found or cannot be resumed (must be in PAUSED state)' }

let server: TestServer
beforeAll(async () => {
  server = await openServer({
    dialects: [taskqueue],
    taskFiles: {
      'tasks.ts': `
        const stopped = (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        export async function obedient({ kwargs }, context) {
          if (context.checkpointed) return { went_on_after: context.checkpointed, attempt: context.attempt }
          context.checkpoint('page 7')
          context.progress(0.5)
          await stopped(context.signal)
        }
        export function stubborn(_input, context) {
          context.progress(0.5)
          return new Promise(() => {})
        }
        export const quick = () => 'done'`,
    },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const patch = (id: number | string, what: string) => server.call('PATCH', `/api/tasks/${id}/${what}`)
const create = async (name: string, more: object = {}) =>
  (await server.post('/api/tasks/', { name, payload: {}, ...more })).body.id as number
const idOf = async (number: number) => (await server.broker.getTaskByNumber(number)).id
const running = async (name: string) => {
  const number = await create(name)
  await untilTask(server.broker, await idOf(number), ({ progress }) => progress !== null)
  return number
}
const ended = async () => {
  const number = await create('quick')
  await untilFinal(server.broker, await idOf(number))
  return number
}

describe('PATCH /api/tasks/{task_id}/pause', () => {
  it('keeps a waiting task from running', async () => {
    const id = await create('nobody_knows_this')

    const { status, body } = await patch(id, 'pause')

    expect(status).toBe(200)
    expect(body).toMatchObject({ id, name: 'nobody_knows_this', status: 'paused', payload: {}, error: null })
    expect((await server.get(`/api/tasks/${id}`)).body).toEqual(body)
  })

  it('takes a scheduled one', async () => {
    const id = await create('quick', { scheduled_at: '2099-01-01T00:00:00' })

    expect((await patch(id, 'pause')).body).toMatchObject({
      status: 'paused',
      scheduled_at: '2099-01-01T00:00:00',
    })
    expect((await patch(id, 'resume')).body).toMatchObject({
      status: 'scheduled',
      scheduled_at: '2099-01-01T00:00:00',
    })
  })

  it.each(['obedient', 'stubborn'])('really stops a running one that is %s', async (name) => {
    const id = await running(name)

    const { status, body } = await patch(id, 'pause')

    expect([status, body.status]).toEqual([200, 'paused'])
    const task = await server.broker.getTaskByNumber(id)
    expect(task).toMatchObject({ state: 'paused', workerId: null, startedAt: null })
    expect(await server.broker.attempts(task.id)).toMatchObject([{ outcome: 'paused' }])
  })

  it.each([
    ['paused already', async () => Number((await patch(await create('nobody_knows_this'), 'pause')).body.id)],
    ['over', ended],
    ['not there', async () => 999_999_999],
  ])("is 404 with the document's text when the task is %s", async (_what, open) => {
    const { status, body } = await patch(await open(), 'pause')

    expect([status, body]).toEqual([404, CANNOT_PAUSE])
  })
})

describe('PATCH /api/tasks/{task_id}/resume', () => {
  it('lets a paused task run', async () => {
    const id = await create('nobody_knows_this')
    await patch(id, 'pause')
    await server.call('PUT', `/api/tasks/${id}`, { json: { name: 'quick' } })

    const { status, body } = await patch(id, 'resume')

    expect([status, body.status]).toEqual([200, 'pending'])
    expect(await untilFinal(server.broker, await idOf(id))).toMatchObject({ state: 'succeeded' })
  })

  it('goes on with the last checkpoint, and the pause uses up no retry', async () => {
    const id = await running('obedient')
    await patch(id, 'pause')
    await patch(id, 'resume')
    const task = await untilFinal(server.broker, await idOf(id))

    expect(task).toMatchObject({ state: 'succeeded', attempt: 2, excusedAttempts: 1 })
    expect((await server.get(`/api/tasks/${id}`)).body.result).toEqual({
      went_on_after: 'page 7',
      attempt: 2,
    })
  })

  it.each([
    ['waits', () => create('nobody_knows_this')],
    ['is over', ended],
    ['is not there', async () => 999_999_999],
  ])("is 404 with the document's text when the task %s", async (_what, open) => {
    const { status, body } = await patch(await open(), 'resume')

    expect([status, body]).toEqual([404, CANNOT_RESUME])
  })
})

describe('DELETE /api/tasks/{task_id}', () => {
  const remove = (id: number | string) => server.call('DELETE', `/api/tasks/${id}`)

  it.each([
    ['pending', () => create('nobody_knows_this')],
    ['scheduled', () => create('quick', { scheduled_at: '2099-01-01T00:00:00' })],
    ['paused', async () => Number((await patch(await create('nobody_knows_this'), 'pause')).body.id)],
    ['completed', ended],
    ['running', () => running('obedient')],
    ['running and stubborn', () => running('stubborn')],
  ])('is 204 for a task that is %s, and it is gone', async (_what, open) => {
    const id = await open()

    const { status, text } = await remove(id)

    expect([status, text]).toEqual([204, ''])
    expect((await server.get(`/api/tasks/${id}`)).status).toBe(404)
    expect((await remove(id)).status).toBe(404)
  })

  it('gives no id a second time', async () => {
    const first = await create('nobody_knows_this')
    await remove(first)

    expect(await create('nobody_knows_this')).toBeGreaterThan(first)
  })

  it.each([
    ['999999999', 404, 'Task not found'],
    ['abc', 400, "'task_id' is not valid: must be an integer."],
  ])('of %s is %i', async (id, status, detail) => {
    const answer = await remove(id)

    expect([answer.status, answer.body]).toEqual([status, { detail }])
  })
})

describe('PUT of a running task', () => {
  it('is 409 for what would change its run, and fine for what changes nothing', async () => {
    const id = await running('obedient')
    const put = async (json: object) => (await server.call('PUT', `/api/tasks/${id}`, { json })).status

    expect([await put({ priority: 4 }), await put({ priority: 2 }), await put({})]).toEqual([409, 200, 200])
  })
})

describe('an address that is none', () => {
  it.each([
    ['GET', '/api/tasks/1/nothing', 404],
    ['GET', '/api/workers/1/2/3', 404],
    ['POST', '/api/tasks/1', 405],
    ['DELETE', '/api/tasks/', 405],
    ['GET', '/api/tasks/1/pause', 405],
  ])('%s %s is %i in the shape of the dialect', async (method, path, status) => {
    const answer = await server.call(method, path)

    expect([answer.status, answer.body]).toEqual([status, { detail: expect.stringMatching(/\w/) }])
  })
})
