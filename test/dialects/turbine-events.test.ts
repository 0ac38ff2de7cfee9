import { describe, expect, it } from 'vitest'
import type { Broker, EventSubscription } from '../../src/shared/domain/broker.ts'
import type { EventType } from '../../src/shared/domain/event.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal } from '../support/until.ts'
import { openServer } from './open-server.ts'
import { type Frame, readEvents } from './read-events.ts'

const typeIs = (type: string) => (frame: Frame) => frame.data.type === type
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

describe('the event stream of turbine', () => {
  it('tells a start, a failure that is retried, one that is not, and a success, as documented', async () => {
    await using server = await openServer()
    await using events = await readEvents(`${server.url}/api/events`)
    const [good, bad] = await server.broker.submit([
      { name: 'sleep', queue: 'emails', kwargs: toJsonText({ ms: 5 }) },
      {
        name: 'fail',
        queue: 'emails',
        kwargs: toJsonText({ message: 'Connection timeout' }),
        maxRetries: 1,
        backoff: { baseMs: 0, factor: 1, capMs: 0, jitter: 'none' },
      },
    ])
    const [worker] = await server.broker.listWorkers()

    let ended = 0
    const frames = await events.until(({ data }) => {
      if (data.type === 'task_completed' || data.will_retry === false) ended += 1
      return ended === 2
    })
    const of = (id: string, type: string) =>
      frames.filter(({ data }) => data.task_id === id && data.type === type).map(({ data }) => data)

    expect(of(good!.id, 'task_started')).toEqual([
      {
        type: 'task_started',
        task_id: good!.id,
        task_name: 'sleep',
        queue: 'emails',
        worker_id: worker!.id,
        timestamp: INSTANT,
      },
    ])
    expect(of(good!.id, 'task_completed')).toEqual([
      {
        type: 'task_completed',
        task_id: good!.id,
        task_name: 'sleep',
        state: 'success',
        duration_ms: expect.any(Number),
        timestamp: INSTANT,
      },
    ])
    const failure = {
      type: 'task_failed',
      task_id: bad!.id,
      task_name: 'fail',
      error: 'Connection timeout',
      timestamp: INSTANT,
    }
    expect(of(bad!.id, 'task_failed')).toEqual([
      { ...failure, retries: 0, will_retry: true },
      { ...failure, retries: 1, will_retry: false },
    ])
  })

  it('tells workers that come and go', async () => {
    await using server = await openServer({
      taskFiles: { 'die.ts': 'export function die() { process.kill(process.pid, "SIGKILL") }' },
    })
    await server.broker.submit([{ name: 'sleep', queue: 'emails', kwargs: toJsonText({ ms: 1 }) }])
    await using events = await readEvents(`${server.url}/api/events`)
    const [worker] = await server.broker.listWorkers()
    await server.broker.submit([{ name: 'die', queue: 'emails' }])

    const [gone] = (await events.until(typeIs('worker_disconnected'))).slice(-1)
    const [back] = (await events.until(typeIs('worker_connected'))).slice(-1)

    expect(gone!.data).toEqual({
      type: 'worker_disconnected',
      worker_id: worker!.id,
      reason: expect.stringMatching(/\w/),
      timestamp: INSTANT,
    })
    expect(back!.data).toEqual({
      type: 'worker_connected',
      worker_id: worker!.id,
      hostname: worker!.hostname,
      queues: ['emails'],
      timestamp: INSTANT,
    })
  })

  it('sends data without a name, so that onmessage hears it, and names it with named=true', async () => {
    await using server = await openServer()
    await using plain = await readEvents(`${server.url}/api/events`)
    await using named = await readEvents(`${server.url}/api/events?named=true`)
    await server.broker.submit([{ name: 'sleep', kwargs: toJsonText({ ms: 1 }) }])

    const heard = await plain.until(typeIs('task_completed'))
    const heardByName = await named.until(typeIs('task_completed'))

    expect(heard.every(({ event }) => event === null)).toBe(true)
    expect(heardByName.map(({ event }) => event)).toEqual(heardByName.map(({ data }) => data.type))
  })

  it("sends the domain's other events under their own names, in this dialect's states", async () => {
    await using server = await openServer()
    await using events = await readEvents(`${server.url}/api/events`)
    await server.post('/api/v1/tasks', { type: 'sleep', payload: {}, process_at: '2999-01-01T00:00:00Z' })
    await server.broker.setQueuePaused('default', true)

    const frames = await events.until(typeIs('queue.paused'))

    expect(frames.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        type: 'task.scheduled',
        task_name: 'sleep',
        queue: 'default',
        state: 'pending',
        run_at: '2999-01-01T00:00:00.000Z',
      }),
    )
    expect(frames.at(-1)!.data).toEqual({ type: 'queue.paused', queue: 'default', timestamp: INSTANT })
  })

  it('goes on after Last-Event-ID without a gap', async () => {
    await using server = await openServer()
    const first = await readEvents(`${server.url}/api/events`)
    const [task] = await server.broker.submit([{ name: 'sleep', kwargs: toJsonText({ ms: 1 }) }])
    const seen = await first.until(typeIs('task.submitted'))
    await first[Symbol.asyncDispose]()
    await untilFinal(server.broker, task!.id)

    await using second = await readEvents(`${server.url}/api/events`, { 'last-event-id': seen.at(-1)!.id! })
    const rest = await second.until(typeIs('task_completed'))

    const ids = [...seen, ...rest].map(({ id }) => Number(id))
    expect(ids).toEqual(ids.map((_, index) => ids[0]! + index))
  })

  it.each(['', 'yesterday', '-1', '1e3'])(
    'begins with what is new when Last-Event-ID is "%s"',
    async (lastId) => {
      await using server = await openServer()
      const [old] = await server.broker.submit([{ name: 'sleep', kwargs: toJsonText({ ms: 1 }) }])
      await untilTold(server.broker, old!.id, 'task.succeeded')
      await using events = await readEvents(`${server.url}/api/events`, { 'last-event-id': lastId })
      const [fresh] = await server.broker.submit([{ name: 'sleep', kwargs: toJsonText({ ms: 1 }) }])

      const frames = await events.until(typeIs('task_completed'))

      expect(new Set(frames.map(({ data }) => data.task_id))).toEqual(new Set([fresh!.id]))
    },
  )

  it('says how many events a client has missed', async () => {
    const batches = [{ events: [], missed: 7 }]
    await using server = await openServer({
      around: (broker) => ({ ...broker, subscribe: () => subscriptionOf(batches) }),
    })

    await using events = await readEvents(`${server.url}/api/events`)

    expect(await events.rest()).toEqual([
      { event: null, id: null, data: { type: 'events_missed', missed: 7 } },
    ])
  })

  it('answers a HEAD with its headers alone, and keeps nothing open', async () => {
    let closed = 0
    const counting = (broker: Broker): Broker => ({
      ...broker,
      subscribe(options) {
        const subscription = broker.subscribe(options)
        return { ...subscription, close: () => (closed += 1) }
      },
    })
    await using server = await openServer({ around: counting })

    const { status, headers, text } = await server.call('HEAD', '/api/events')

    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/event-stream', ''])
    expect(closed).toBeGreaterThan(0)
  })

  it('ends when the server stops', async () => {
    const server = await openServer()
    await using events = await readEvents(`${server.url}/api/events`)

    await server[Symbol.asyncDispose]()

    await expect(events.rest()).resolves.toBeInstanceOf(Array)
  })
})

/** A task that can be read as ended may still have to be told of. */
async function untilTold(broker: Broker, taskId: string, type: EventType): Promise<void> {
  const events = broker.subscribe({ after: 0, filter: { taskIds: [taskId], types: [type] } })
  await events[Symbol.asyncIterator]().next()
  events.close()
}

function subscriptionOf(
  batches: Awaited<ReturnType<AsyncIterator<never>['next']>>['value'][],
): EventSubscription {
  return {
    close: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield* batches
    },
  }
}
