import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { openServer, type TestServer } from './open-server.ts'

describe('workers of dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const register = async (query: string) =>
    (await server.post(`/api/v1/workers?${query}`)).body.worker_id as string
  const statusOf = async (id: string) => (await server.get(`/api/v1/workers/${id}/status`)).body

  it('register with what the address says, and are there', async () => {
    const { status, body } = await server.post('/api/v1/workers?hostname=compute-1&capacity=5')

    expect([status, body]).toEqual([
      201,
      {
        worker_id: expect.stringMatching(/\w/),
        hostname: 'compute-1',
        status: 'ACTIVE',
        capacity: 5,
        current_load: 0,
      },
    ])
    expect(await server.broker.getWorker(body.worker_id)).toMatchObject({
      kind: 'external',
      hostname: 'compute-1',
      concurrency: 5,
    })
  })

  it('may run five tasks at once unless they say otherwise, and are another each time', async () => {
    const [one, other] = [await register('hostname=compute-2'), await register('hostname=compute-2')]

    expect(one).not.toBe(other)
    expect((await statusOf(one)).capacity).toBe(5)
  })

  it.each([
    ['', 'hostname'],
    ['hostname=', 'hostname'],
    ['hostname=a&hostname=b', 'hostname'],
    [`hostname=${'x'.repeat(256)}`, 'hostname'],
    ['hostname=a&capacity=0', 'capacity'],
    ['hostname=a&capacity=101', 'capacity'],
    ['hostname=a&capacity=many', 'capacity'],
    ['hostname=a&capacity=-1', 'capacity'],
  ])('are refused with %j, naming what is wrong', async (query, name) => {
    const { status, body } = await server.post(`/api/v1/workers?${query}`)

    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
    expect(body.detail).toContain(`'${name}'`)
  })

  it('tell how many tasks they run, and when they were last heard of', async () => {
    const id = await register('hostname=busy&capacity=5')
    await server.broker.submit(
      Array.from({ length: 3 }, () => ({ name: 'elsewhere.render', queue: 'external' })),
    )
    expect(await statusOf(id)).toMatchObject({ status: 'IDLE', current_load: 0 })
    await server.broker.leaseTasks(id, { limit: 3, leaseMs: 60_000 })

    const answer = await server.get(`/api/v1/workers/${id}/status`)

    expect([answer.status, answer.body]).toEqual([
      200,
      {
        worker_id: id,
        hostname: 'busy',
        status: 'ACTIVE',
        capacity: 5,
        current_load: 3,
        current_tasks: 3,
        last_heartbeat: expect.stringMatching(/^\d{4}-.*Z$/),
        is_draining: false,
      },
    ])
  })

  it('are paused, resumed and drained, as often as one likes', async () => {
    const id = await register('hostname=steered')
    const act = async (method: string, action: string) =>
      (await server.call(method, `/api/v1/workers/${id}/${action}`)).body

    for (const _time of [1, 2]) {
      expect(await act('PATCH', 'pause')).toEqual({ worker_id: id, status: 'paused' })
      expect(await statusOf(id)).toMatchObject({ status: 'PAUSED', is_draining: false })
    }
    for (const _time of [1, 2]) {
      expect(await act('PATCH', 'resume')).toEqual({ worker_id: id, status: 'resumed' })
      expect((await statusOf(id)).status).toBe('IDLE')
    }
    await server.broker.submit([{ name: 'elsewhere.drained', queue: 'drained' }])
    const leased = await server.broker.leaseTasks(id, { limit: 1, leaseMs: 60_000 })
    expect(leased).toHaveLength(1)
    for (const _time of [1, 2]) {
      expect(await act('POST', 'drain')).toEqual({ worker_id: id, status: 'draining' })
      expect(await statusOf(id)).toMatchObject({ status: 'DRAINING', is_draining: true })
    }
  })

  it('of the bundled pool are listed and steered like the others', async () => {
    const { body } = await server.get('/api/v1/workers?limit=1')
    const [local] = body.workers

    expect(body).toMatchObject({ limit: 1, offset: 0, data: body.workers })
    expect(body.total).toBeGreaterThan(1)
    expect(local).toMatchObject({ status: 'IDLE', capacity: 2 })
    await server.call('PATCH', `/api/v1/workers/${local.worker_id}/pause`)
    expect((await statusOf(local.worker_id)).status).toBe('PAUSED')
    await server.call('PATCH', `/api/v1/workers/${local.worker_id}/resume`)
    expect((await statusOf(local.worker_id)).status).toBe('IDLE')
  })

  it('are given another capacity, within limits', async () => {
    const id = await register('hostname=growing')
    const change = (json: unknown) => server.call('PATCH', `/api/v1/workers/${id}/capacity`, { json })

    const { status, body } = await change({ capacity: 10 })

    expect([status, body]).toEqual([200, { worker_id: id, capacity: 10 }])
    expect((await statusOf(id)).capacity).toBe(10)
    for (const wrong of [{ capacity: 0 }, { capacity: 101 }, { capacity: '10' }, { capacity: 2.5 }, {}, []]) {
      const refused = await change(wrong)
      expect([wrong, refused.status, refused.body.code]).toEqual([wrong, 400, 'INVALID_REQUEST'])
    }
    expect((await statusOf(id)).capacity).toBe(10)
  })

  it('say that they are there, and are told which tasks to give up', async () => {
    const id = await register('hostname=beating')
    const [task] = await server.broker.submit([{ name: 'elsewhere.beaten', queue: 'beaten' }])
    const leased = await server.broker.leaseTasks(id, { limit: 100, leaseMs: 60_000 })
    expect(leased.map(({ taskId }) => taskId)).toContain(task!.id)
    await server.broker.cancel(task!.id, { terminate: false })

    const { status, body } = await server.post(`/api/v1/workers/${id}/heartbeat`)

    expect([status, body.worker_id, body.abort_task_ids]).toEqual([200, id, [task!.id]])
  })

  it.each([
    ['GET', 'status', undefined],
    ['PATCH', 'pause', undefined],
    ['PATCH', 'resume', undefined],
    ['POST', 'drain', undefined],
    ['POST', 'heartbeat', undefined],
    ['PATCH', 'capacity', { capacity: 10 }],
  ])('are 404 when they are not there: %s %s', async (method, action, json) => {
    const { status, body } = await server.call(method, `/api/v1/workers/nobody/${action}`, { json })

    expect([status, body.code]).toEqual([404, 'WORKER_NOT_FOUND'])
    expect(body.detail).toContain("'nobody'")
  })
})
