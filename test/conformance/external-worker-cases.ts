import { describe, expect, it } from 'vitest'
import { WORKER_SILENCE_MS } from '../../src/shared/domain/worker-port.ts'
import { untilTask } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import {
  ELSEWHERE,
  eventsUntil,
  LEASE_MS,
  leaseOf,
  leaseOne,
  register,
  submitElsewhere,
} from './external-worker.ts'
import type { OpenBroker } from './open-broker.ts'
import { json } from './submit-one.ts'

const ask = { limit: 10, leaseMs: LEASE_MS }
const nobodys = { taskId: 'nope', leaseToken: 'nope' }

export function externalWorkerCases(open: OpenBroker): void {
  describe('an external worker', () => {
    it('is listed once it registered, with what it said of itself', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { lastSeq } = await broker.overview()
      const worker = await register(broker, {
        pid: 77,
        queues: ['images'],
        names: [ELSEWHERE],
        concurrency: 3,
      })
      expect(worker).toMatchObject({
        kind: 'external',
        hostname: 'gpu-1',
        pid: 77,
        status: 'idle',
        declaredStatus: 'active',
        queues: ['images'],
        names: [ELSEWHERE],
        concurrency: 3,
        running: [],
        succeeded: 0,
        failed: 0,
        meanRunMs: null,
      })
      expect(await broker.getWorker(worker.id)).toEqual(worker)
      expect((await broker.listWorkers()).map(({ kind }) => kind)).toEqual(['local', 'external'])
      const [event] = await eventsUntil(broker, lastSeq, ['worker.connected'], () => true)
      expect(event).toMatchObject({ workerId: worker.id, data: { hostname: 'gpu-1', queues: ['images'] } })
    })

    it('has a number that finds it, and that nobody ever gets again', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [local] = await broker.listWorkers()
      const first = await register(broker)
      const second = await register(broker)
      const numbers = [local!.number, first.number, second.number]
      expect(new Set(numbers).size).toBe(3)
      for (const number of numbers) expect((await broker.getWorkerByNumber(number)).number).toBe(number)
      await broker.removeWorker(second.id)
      expect((await register(broker)).number).toBeGreaterThan(second.number)
      await expectRefusal(broker.getWorkerByNumber(second.number), 'WORKER_NOT_FOUND')
    })

    it('is another one with each registration, whatever its hostname', async () => {
      await using fixture = await open()
      const one = await register(fixture.broker, { hostname: 'twin' })
      const other = await register(fixture.broker, { hostname: 'twin' })
      expect(one.id).not.toBe(other.id)
      expect((await fixture.broker.listWorkers()).filter(({ hostname }) => hostname === 'twin')).toHaveLength(
        2,
      )
    })

    it('that registers out of range is refused by the name of the field, and is not there', async () => {
      await using fixture = await open()
      for (const [path, wrong] of [
        ['hostname', { hostname: '' }],
        ['hostname', { hostname: 'x'.repeat(257) }],
        ['concurrency', { concurrency: 0 }],
        ['concurrency', { concurrency: 101 }],
        ['concurrency', { concurrency: 1.5 }],
        ['pid', { pid: -1 }],
        ['queues', { queues: [] }],
        ['queues[1]', { queues: ['good', 'not good'] }],
        ['names', { names: [] }],
        ['names[0]', { names: [''] }],
      ] as const)
        expect(await expectRefusal(register(fixture.broker, wrong), 'INVALID_REQUEST')).toEqual({ path })
      expect((await fixture.broker.listWorkers()).map(({ kind }) => kind)).toEqual(['local'])
    })

    it('that nobody knows is refused by every call', async () => {
      await using fixture = await open()
      const { broker } = fixture
      for (const call of [
        () => broker.getWorkerByNumber(987_654),
        () => broker.drainWorker('nope'),
        () => broker.resizeWorker('nope', 5),
        () => broker.removeWorker('nope'),
        () => broker.heartbeat('nope'),
        () => broker.setWorkerStatus('nope', 'active'),
        () => broker.leaseTasks('nope', ask),
        () => broker.renewLeases('nope', [], LEASE_MS),
        () => broker.startTask('nope', nobodys),
        () => broker.reportProgress('nope', nobodys, { fraction: 0 }),
        () => broker.writeLog('nope', nobodys, []),
        () => broker.saveCheckpoint('nope', nobodys, json(1)),
        () => broker.completeTask('nope', nobodys, json(1)),
        () => broker.failTask('nope', nobodys, { error: { type: 'Error', message: 'no' } }),
        () => broker.releaseTask('nope', nobodys),
      ])
        await expectRefusal(call(), 'WORKER_NOT_FOUND')
    })

    it('shows in its heartbeat that it is alive', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const registered = await register(broker)
      fixture.advance(20_000)
      const { worker, abort } = await broker.heartbeat(registered.id)
      expect(abort).toEqual([])
      expect(worker.lastHeartbeatAt - registered.lastHeartbeatAt).toBeGreaterThanOrEqual(20_000)
      fixture.advance(20_000)
      expect((await broker.heartbeat(registered.id)).worker.status).toBe('idle')
    })

    it("is offline after 30 s of silence, and what it held is another one's", async () => {
      await using fixture = await open()
      const { broker } = fixture
      const silent = await register(broker, { hostname: 'silent' })
      const leased = await leaseOne(broker, silent.id)
      await broker.renewLeases(silent.id, [leaseOf(leased)], 10 * WORKER_SILENCE_MS)
      const { lastSeq } = await broker.overview()
      fixture.advance(WORKER_SILENCE_MS)
      const task = await untilTask(broker, leased.taskId, ({ state }) => state === 'pending')
      expect(task).toMatchObject({ workerId: null, excusedAttempts: 1, error: { type: 'WorkerLostError' } })
      const [gone] = await eventsUntil(broker, lastSeq, ['worker.disconnected'], () => true)
      expect(gone!.workerId).toBe(silent.id)
      expect(await broker.getWorker(silent.id)).toMatchObject({ status: 'offline', running: [] })
      const other = await register(broker)
      const [again] = await broker.leaseTasks(other.id, ask)
      expect(again).toMatchObject({ taskId: leased.taskId, attempt: 2 })
      await expectRefusal(broker.completeTask(silent.id, leaseOf(leased), json(1)), 'LEASE_LOST')
    })

    it('that was offline comes back with its next sign of life', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker, { names: [ELSEWHERE] })
      const { lastSeq } = await broker.overview()
      fixture.advance(WORKER_SILENCE_MS)
      await eventsUntil(broker, lastSeq, ['worker.disconnected'], () => true)
      expect((await broker.handlers()).external).toEqual([])
      expect((await broker.heartbeat(id)).worker.status).toBe('idle')
      const events = await eventsUntil(
        broker,
        lastSeq,
        ['worker.connected', 'worker.disconnected'],
        ({ type }) => type === 'worker.connected',
      )
      expect(events.map(({ type }) => type)).toEqual(['worker.disconnected', 'worker.connected'])
      expect((await broker.handlers()).external).toEqual([{ name: ELSEWHERE, workerIds: [id] }])
      const leased = await leaseOne(broker, id)
      expect(await broker.completeTask(id, leaseOf(leased), json('done'))).toBe('succeeded')
    })

    it.each(['status', 'lease', 'renewal'] as const)(
      'that was offline comes back with a %s as well',
      async (sign) => {
        await using fixture = await open()
        const { broker } = fixture
        const { id } = await register(broker)
        const { lastSeq } = await broker.overview()
        fixture.advance(WORKER_SILENCE_MS)
        await eventsUntil(broker, lastSeq, ['worker.disconnected'], () => true)
        if (sign === 'status') await broker.setWorkerStatus(id, 'awake')
        else if (sign === 'lease') await broker.leaseTasks(id, ask)
        else await broker.renewLeases(id, [], LEASE_MS)
        expect((await broker.getWorker(id)).status).toBe('idle')
      },
    )

    it('gets no task while it is paused, and finishes what it has', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      await submitElsewhere(broker)
      expect((await broker.setWorkerPaused(id, true)).status).toBe('paused')
      expect((await broker.setWorkerPaused(id, true)).status).toBe('paused')
      expect(await broker.leaseTasks(id, ask)).toEqual([])
      expect(await broker.completeTask(id, leaseOf(leased), json(1))).toBe('succeeded')
      expect((await broker.setWorkerPaused(id, false)).status).toBe('idle')
      expect(await broker.leaseTasks(id, ask)).toHaveLength(1)
    })

    it('tells of its pauses once each', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const { lastSeq } = await broker.overview()
      for (const isPaused of [true, true, false, false]) await broker.setWorkerPaused(id, isPaused)
      await broker.drainWorker(id)
      const events = await eventsUntil(
        broker,
        lastSeq,
        ['worker.paused', 'worker.resumed', 'worker.draining', 'worker.disconnected'],
        ({ type }) => type === 'worker.disconnected',
      )
      expect(events.map(({ type }) => type)).toEqual([
        'worker.paused',
        'worker.resumed',
        'worker.draining',
        'worker.disconnected',
      ])
    })

    it('that says it is inactive gets no task; any other word gets some', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      await submitElsewhere(broker)
      expect(await broker.setWorkerStatus(id, 'inactive')).toMatchObject({
        declaredStatus: 'inactive',
        status: 'paused',
      })
      expect(await broker.leaseTasks(id, ask)).toEqual([])
      expect(await broker.setWorkerStatus(id, 'warming up')).toMatchObject({
        declaredStatus: 'warming up',
        status: 'idle',
      })
      expect(await broker.leaseTasks(id, ask)).toHaveLength(1)
      for (const wrong of ['', 'x'.repeat(51)])
        expect(await expectRefusal(broker.setWorkerStatus(id, wrong), 'INVALID_REQUEST')).toEqual({
          path: 'status',
        })
    })

    it('that drains gets no task, and is offline when it has finished its last', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      await submitElsewhere(broker)
      expect((await broker.drainWorker(id)).status).toBe('draining')
      expect((await broker.drainWorker(id)).status).toBe('draining')
      expect(await broker.leaseTasks(id, ask)).toEqual([])
      expect(await broker.completeTask(id, leaseOf(leased), json(1))).toBe('succeeded')
      expect((await broker.getWorker(id)).status).toBe('offline')
      expect((await broker.heartbeat(id)).worker.status).toBe('offline')
    })

    it('takes tasks again when its drain is called off', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      await submitElsewhere(broker)
      await broker.drainWorker(id)
      await broker.setWorkerPaused(id, false)
      expect(await broker.leaseTasks(id, ask)).toHaveLength(1)
      expect((await broker.getWorker(id)).status).toBe('active')
    })

    it('holds as many tasks as it has room for, also when that changes', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker, { concurrency: 2 })
      for (let i = 0; i < 6; i += 1) await submitElsewhere(broker)
      expect(await broker.leaseTasks(id, ask)).toHaveLength(2)
      expect(await broker.leaseTasks(id, ask)).toEqual([])
      expect((await broker.resizeWorker(id, 3)).concurrency).toBe(3)
      const [third] = await broker.leaseTasks(id, ask)
      expect((await broker.resizeWorker(id, 1)).running).toHaveLength(3)
      await broker.releaseTask(id, leaseOf(third!))
      expect(await broker.leaseTasks(id, ask)).toEqual([])
      for (const wrong of [0, 101, 1.5, Number.NaN])
        expect(await expectRefusal(broker.resizeWorker(id, wrong), 'INVALID_REQUEST')).toEqual({
          path: 'concurrency',
        })
    })

    it('that says good-bye gives back what it held at once', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      await broker.removeWorker(id)
      expect(await broker.getTask(leased.taskId)).toMatchObject({ state: 'pending', workerId: null })
      expect((await broker.listWorkers()).map(({ kind }) => kind)).toEqual(['local'])
      await expectRefusal(broker.completeTask(id, leaseOf(leased), json(1)), 'WORKER_NOT_FOUND')
      await expectRefusal(broker.removeWorker(id), 'WORKER_NOT_FOUND')
    })

    it('is counted by what it has done', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const good = await leaseOne(broker, id)
      const bad = await leaseOne(broker, id)
      const given = await leaseOne(broker, id)
      expect((await broker.getWorker(id)).running.map(({ taskId }) => taskId)).toEqual([
        good.taskId,
        bad.taskId,
        given.taskId,
      ])
      await broker.startTask(id, leaseOf(good))
      fixture.advance(400)
      await broker.completeTask(id, leaseOf(good), json(1))
      await broker.failTask(id, leaseOf(bad), { error: { type: 'Error', message: 'no' } })
      await broker.releaseTask(id, leaseOf(given))
      const worker = await broker.getWorker(id)
      expect(worker).toMatchObject({ succeeded: 1, failed: 1, running: [], status: 'idle' })
      expect(worker.meanRunMs).toBeGreaterThanOrEqual(400)
    })

    it('counts among the consumers of its queues, and in the overview', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await submitElsewhere(broker, { queue: 'images' })
      await submitElsewhere(broker, { queue: 'mail' })
      const before = await broker.overview()
      const mail = (await broker.getQueue('mail')).consumers
      expect((await broker.getQueue('images')).consumers).toBe(mail)
      const { id } = await register(broker, { queues: ['images'], concurrency: 4 })
      expect((await broker.getQueue('images')).consumers).toBe(mail + 1)
      expect((await broker.getQueue('mail')).consumers).toBe(mail)
      await broker.leaseTasks(id, ask)
      const after = await broker.overview()
      expect(after.workers).toMatchObject({
        total: before.workers.total + 1,
        active: before.workers.active + 1,
      })
      expect(after.slots).toEqual({ busy: before.slots.busy + 1, total: before.slots.total + 4 })
    })

    it('vouches for the names it knows, as long as it is connected', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const any = await register(broker)
      expect((await broker.handlers()).external).toEqual([])
      const one = await register(broker, { names: ['b', 'a'] })
      const two = await register(broker, { names: ['a'] })
      expect((await broker.handlers()).external).toEqual([
        { name: 'b', workerIds: [one.id] },
        { name: 'a', workerIds: [one.id, two.id] },
      ])
      expect(await broker.handlers()).toBe(await broker.handlers())
      await broker.removeWorker(one.id)
      await broker.removeWorker(any.id)
      expect((await broker.handlers()).external).toEqual([{ name: 'a', workerIds: [two.id] }])
    })
  })
}
