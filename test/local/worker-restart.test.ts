import { describe, expect, it } from 'vitest'
import { json, submitOne } from '../conformance/submit-one.ts'
import {
  ELSEWHERE,
  LEASE_MS,
  leaseOf,
  leaseOne,
  register,
  submitElsewhere,
} from '../conformance/external-worker.ts'
import { expectRefusal } from '../conformance/expect-refusal.ts'
import { standingClock } from '../support/movable-clock.ts'
import { openTestBroker } from '../support/open-test-broker.ts'
import { untilFinal, untilTask } from '../support/until.ts'

const taskFiles = {
  'hold.ts': `
    export async function hold(_input: any, context: any) {
      if (context.attempt > 1) return 'again'
      context.progress(0.5)
      await new Promise(() => setInterval(() => {}, 1000))
    }`,
}

describe('a restart of the broker', () => {
  it('takes no task from an external worker that is alive, and every one from its own threads', async () => {
    await using first = await openTestBroker({ taskFiles })
    const { id } = await register(first.broker)
    const leased = await leaseOne(first.broker, id)
    await first.broker.startTask(id, leaseOf(leased))
    const local = await submitOne(first.broker, { name: 'hold' })
    await untilTask(first.broker, local.id, ({ progress }) => progress !== null)

    await using second = await first.reopen()
    const { broker } = second
    expect(await broker.getTask(leased.taskId)).toMatchObject({ state: 'running', workerId: id, attempt: 1 })
    expect((await broker.getWorker(id)).running.map(({ taskId }) => taskId)).toEqual([leased.taskId])
    expect(await broker.completeTask(id, leaseOf(leased), json('through'))).toBe('succeeded')
    expect(await broker.attempts(leased.taskId)).toMatchObject([{ outcome: 'succeeded' }])
    expect(await untilFinal(broker, local.id)).toMatchObject({ result: '"again"', excusedAttempts: 1 })
  })

  it('gives every lease its full length anew, and no more', async () => {
    const clock = standingClock()
    await using first = await openTestBroker({ clock })
    const { id } = await register(first.broker)
    const leased = await leaseOne(first.broker, id)
    clock.advance(LEASE_MS - 1000)

    await using second = await first.reopen()
    clock.advance(LEASE_MS - 1000)
    await second.broker.reportProgress(id, leaseOf(leased), { fraction: 0.5 })
    clock.advance(1000)
    await expectRefusal(second.broker.completeTask(id, leaseOf(leased), json(1)), 'LEASE_LOST')
    await untilTask(second.broker, leased.taskId, ({ state }) => state === 'pending')
  })

  it('remembers how long a lease was last renewed for', async () => {
    const clock = standingClock()
    await using first = await openTestBroker({ clock })
    const { id } = await register(first.broker)
    const leased = await leaseOne(first.broker, id)
    await first.broker.renewLeases(id, [leaseOf(leased)], 2 * LEASE_MS)

    await using second = await first.reopen()
    clock.advance(1.5 * LEASE_MS)
    expect(await second.broker.completeTask(id, leaseOf(leased), json(1))).toBe('succeeded')
  })

  it('gives a worker that fell silent before it another 30 s', async () => {
    const clock = standingClock()
    await using first = await openTestBroker({ clock })
    const { id } = await register(first.broker)
    clock.advance(29_000)

    await using second = await first.reopen()
    const events = second.broker.subscribe({ filter: { types: ['worker.disconnected'] } })
    clock.advance(29_000)
    expect((await second.broker.getWorker(id)).status).toBe('idle')
    clock.advance(1000)
    const { value } = await events[Symbol.asyncIterator]().next()
    expect(value).toMatchObject({ events: [{ workerId: id, data: { reason: 'not heard of for 30 s' } }] })
  })

  it('finds external workers as they were', async () => {
    await using first = await openTestBroker()
    const { broker } = first
    const one = await register(broker, { queues: ['q'], names: [ELSEWHERE], pid: 5 })
    const done = await leaseOne(broker, one.id, { queue: 'q' })
    await broker.completeTask(one.id, leaseOf(done), json(1))
    await broker.resizeWorker(one.id, 7)
    await broker.setWorkerStatus(one.id, 'warm')
    await broker.setWorkerPaused(one.id, true)
    const drained = await register(broker)
    await broker.drainWorker(drained.id)
    const before = [await broker.getWorker(one.id), await broker.getWorker(drained.id)]
    expect(before).toMatchObject([
      { status: 'paused', concurrency: 7, declaredStatus: 'warm', succeeded: 1 },
      { status: 'offline' },
    ])

    await using second = await first.reopen()
    expect([await second.broker.getWorker(one.id), await second.broker.getWorker(drained.id)]).toEqual(before)
    expect((await second.broker.handlers()).external).toEqual([{ name: ELSEWHERE, workerIds: [one.id] }])
  })

  it('still tells a worker what was to be ended', async () => {
    await using first = await openTestBroker()
    const { id } = await register(first.broker)
    const leased = await leaseOne(first.broker, id)
    await first.broker.cancel(leased.taskId, { terminate: false })

    await using second = await first.reopen()
    expect((await second.broker.heartbeat(id)).abort).toEqual([leased.taskId])
    expect(await second.broker.releaseTask(id, leaseOf(leased))).toBe('cancelled')
  })

  it('gives no number to another worker, and each pool the one it had', async () => {
    await using first = await openTestBroker()
    const [local] = await first.broker.listWorkers()
    const gone = await register(first.broker)
    await first.broker.removeWorker(gone.id)

    await using second = await first.reopen()
    const [again] = await second.broker.listWorkers()
    expect([again!.id, again!.number]).toEqual([local!.id, local!.number])
    expect((await register(second.broker)).number).toBeGreaterThan(gone.number)
  })

  it('begins with the pools of the configuration, whatever became of them', async () => {
    await using first = await openTestBroker({
      pools: [
        { name: 'all', queues: null, threads: 2 },
        { name: 'mail', queues: ['mail', 'news'], threads: 1 },
      ],
    })
    const configured = await first.broker.listWorkers()
    expect(configured).toMatchObject([
      { queues: null, concurrency: 2, status: 'idle' },
      { queues: ['mail', 'news'], concurrency: 1, status: 'idle' },
    ])
    expect((await first.broker.overview()).slots).toEqual({ busy: 0, total: 3 })
    await first.broker.addLocalWorker({ name: 'extra', queues: null, threads: 3 })
    await first.broker.resizeWorker(configured[0]!.id, 5)
    await first.broker.setWorkerPaused(configured[1]!.id, true)

    await using second = await first.reopen()
    const after = await second.broker.listWorkers()
    expect(after.map(({ id, number, concurrency, status }) => ({ id, number, concurrency, status }))).toEqual(
      configured.map(({ id, number, concurrency, status }) => ({ id, number, concurrency, status })),
    )
  })
})

describe('a clock that somebody sets', () => {
  it.each([86_400_000, -86_400_000])('by %i ms ends no lease, and makes none last', async (jumpMs) => {
    const clock = standingClock()
    await using fixture = await openTestBroker({ clock })
    const { broker } = fixture
    const { id } = await register(broker)
    const leased = await leaseOne(broker, id)
    await broker.startTask(id, leaseOf(leased))
    clock.jump(jumpMs)
    await broker.heartbeat(id)
    expect((await broker.renewLeases(id, [leaseOf(leased)], LEASE_MS)).lost).toEqual([])
    clock.advance(LEASE_MS)
    const task = await untilTask(broker, leased.taskId, ({ state }) => state === 'pending')
    expect(task.excusedAttempts).toBe(1)
    const [lost] = await broker.attempts(leased.taskId)
    expect(lost!.finishedAt).toBeGreaterThanOrEqual(lost!.startedAt!)
    await submitElsewhere(broker)
    expect(await broker.leaseTasks(id, { limit: 5, leaseMs: LEASE_MS })).not.toEqual([])
  })
})
