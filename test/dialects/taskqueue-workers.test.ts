import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskqueue } from '../../src/server/dialects/taskqueue/serve.ts'
import { movableClock } from '../support/movable-clock.ts'
import { openServer, type TestServer } from './open-server.ts'

const NAIVE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?$/
const NOBODY = { detail: 'Worker not found' }

let server: TestServer
beforeAll(async () => {
  server = await openServer({ dialects: [taskqueue] })
})
afterAll(() => server[Symbol.asyncDispose]())

const register = async (name = 'worker-1') => (await server.post('/api/workers/', { name })).body
const patch = (id: number | string, what: string, json?: unknown) =>
  server.call('PATCH', `/api/workers/${id}/${what}`, { json })

describe('POST /api/workers/', () => {
  it('answers as the document shows', async () => {
    const { status, body } = await server.post('/api/workers/', { name: 'worker-1' })

    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(Number),
      name: 'worker-1',
      status: 'active',
      last_heartbeat: expect.stringMatching(NAIVE),
      created_at: expect.stringMatching(NAIVE),
      updated_at: expect.stringMatching(NAIVE),
    })
    expect((await server.get(`/api/workers/${body.id}`)).body).toEqual(body)
  })

  it('makes a worker of its own each time, whatever its name, that every dialect lists', async () => {
    const [one, other] = [await register('twin'), await register('twin')]

    expect(other.id).toBeGreaterThan(one.id)
    const listed = (await server.broker.listWorkers()).filter(({ hostname }) => hostname === 'twin')
    expect(listed.map(({ number }) => number)).toEqual([one.id, other.id])
    expect((await server.get('/api/workers')).body).toEqual(expect.arrayContaining([one, other]))
  })

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: null }, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: 'x'.repeat(257) }, 'name'],
    [{ name: 'x', concurrency: 0 }, 'concurrency'],
    [{ name: 'x', concurrency: 101 }, 'concurrency'],
    [{ name: 'x', queues: [] }, 'queues'],
    [{ name: 'x', queues: 'all' }, 'queues'],
    [{ name: 'x', task_names: [1] }, 'task_names[0]'],
    [{ name: 'x', pid: -1 }, 'pid'],
  ])('refuses %j, naming the field', async (body, field) => {
    const answer = await server.post('/api/workers/', body)

    expect([answer.status, answer.body]).toEqual([
      400,
      { detail: expect.stringContaining(`'${field}' is not valid: `) },
    ])
  })

  it('takes a name of 256 characters', async () => {
    expect((await register('x'.repeat(256))).name).toHaveLength(256)
  })
})

describe('GET /api/workers/{worker_id}', () => {
  it('knows the bundled pool as well', async () => {
    const [pool] = await server.broker.listWorkers()

    expect((await server.get(`/api/workers/${pool!.number}`)).body).toMatchObject({
      id: pool!.number,
      name: pool!.hostname,
      status: 'active',
    })
  })

  it.each([
    ['999999999', 404, 'Worker not found'],
    ['99999999999999999999', 404, 'Worker not found'],
    ['abc', 400, "'worker_id' is not valid: must be an integer."],
  ])('of %s is %i', async (id, status, detail) => {
    const answer = await server.get(`/api/workers/${id}`)

    expect([answer.status, answer.body]).toEqual([status, { detail }])
  })
})

describe('PATCH /api/workers/{worker_id}/heartbeat', () => {
  it('needs no body and moves the heartbeat on', async () => {
    const clock = movableClock()
    await using moved = await openServer({ dialects: [taskqueue], clock })
    const before = (await moved.post('/api/workers/', { name: 'w' })).body
    clock.advance(5000)

    const { status, body } = await moved.call('PATCH', `/api/workers/${before.id}/heartbeat`)

    expect(status).toBe(200)
    expect(body).toEqual({ ...before, last_heartbeat: expect.any(String) })
    expect(Date.parse(body.last_heartbeat) - Date.parse(before.last_heartbeat)).toBeGreaterThanOrEqual(5000)
  })

  it('is 404 for an unknown worker', async () => {
    const { status, body } = await patch(999_999_999, 'heartbeat')

    expect([status, body]).toEqual([404, NOBODY])
  })
})

describe('PATCH /api/workers/{worker_id}/status', () => {
  it.each(['inactive', 'active', 'on holiday', 'x'.repeat(50)])('sets %j', async (word) => {
    const { id, ...worker } = await register()

    const { status, body } = await patch(id, 'status', { status: word })

    expect(status).toBe(200)
    expect(body).toEqual({
      ...worker,
      id,
      status: word,
      last_heartbeat: expect.any(String),
      updated_at: expect.any(String),
    })
    expect((await server.get(`/api/workers/${id}`)).body.status).toBe(word)
  })

  it.each([[{}], [{ status: '' }], [{ status: null }], [{ status: 3 }], [{ status: 'x'.repeat(51) }]])(
    'refuses %j',
    async (json) => {
      const { id } = await register()

      const { status, body } = await patch(id, 'status', json)

      expect([status, body]).toEqual([400, { detail: expect.stringContaining("'status'") }])
    },
  )

  it('is 404 for an unknown worker', async () => {
    const { status, body } = await patch(999_999_999, 'status', { status: 'inactive' })

    expect([status, body]).toEqual([404, NOBODY])
  })

  it('of one that others steer says so, unless it said something itself', async () => {
    const { id } = await register()
    const { id: domainId } = await server.broker.getWorkerByNumber(id)
    await server.broker.setWorkerPaused(domainId, true)
    expect((await server.get(`/api/workers/${id}`)).body.status).toBe('paused')

    expect((await patch(id, 'status', { status: 'inactive' })).body.status).toBe('inactive')
  })
})

describe('DELETE /api/workers/{worker_id}', () => {
  it('says good-bye', async () => {
    const { id } = await register()

    expect((await server.call('DELETE', `/api/workers/${id}`)).status).toBe(204)
    expect((await server.get(`/api/workers/${id}`)).status).toBe(404)
  })
})
