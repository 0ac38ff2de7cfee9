import { describe, expect, it } from 'vitest'
import type { Task } from '../../src/shared/domain/task.ts'
import { untilTask } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import { eventsUntil, LEASE_MS, leaseOf, leaseOne, register } from './external-worker.ts'
import type { OpenBroker } from './open-broker.ts'
import { json } from './submit-one.ts'

const ask = { limit: 100, leaseMs: LEASE_MS }
const failure = { error: { type: 'RenderError', message: 'no GPU' } }
const isPending = ({ state }: Task) => state === 'pending'

export function leaseCases(open: OpenBroker): void {
  describe('a leased task', () => {
    it('succeeds with the result its worker tells, and says who ran it', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      await broker.startTask(id, leaseOf(leased))
      expect(await broker.completeTask(id, leaseOf(leased), json({ url: 'x' }))).toBe('succeeded')
      const task = await broker.getTask(leased.taskId)
      expect(task).toMatchObject({ state: 'succeeded', result: '{"url":"x"}', workerId: id, attempt: 1 })
      expect(task.startedAt).toBeGreaterThanOrEqual(task.claimedAt!)
      expect(await broker.attempts(leased.taskId)).toMatchObject([{ outcome: 'succeeded', workerId: id }])
    })

    it('tells its life in events, the start once, however often it is told', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const { lastSeq } = await broker.overview()
      const leased = await leaseOne(broker, id)
      await broker.startTask(id, leaseOf(leased))
      await broker.startTask(id, leaseOf(leased))
      await broker.completeTask(id, leaseOf(leased), json(1))
      const events = await eventsUntil(
        broker,
        lastSeq,
        ['task.submitted', 'task.claimed', 'task.started', 'task.succeeded'],
        ({ type }) => type === 'task.succeeded',
      )
      expect(events.map(({ type }) => type)).toEqual([
        'task.submitted',
        'task.claimed',
        'task.started',
        'task.succeeded',
      ])
      expect(events.slice(1).map(({ workerId }) => workerId)).toEqual([id, id, id])
    })

    it('counts from its lease when no start was told', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      fixture.advance(500)
      await broker.completeTask(id, leaseOf(leased), json(1))
      const task = await broker.getTask(leased.taskId)
      expect(task.startedAt).toBe(task.claimedAt)
      const { totals } = await broker.overview()
      expect(totals).toMatchObject({ started: 1, ended: 1, succeeded: 1 })
      expect(totals.runMs).toBeGreaterThanOrEqual(500)
    })

    it('keeps the progress, the lines and the checkpoint its worker tells', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      const lease = leaseOf(leased)
      await broker.reportProgress(id, lease, { fraction: 0.25, stage: 'loading', message: 'x'.repeat(5000) })
      await broker.reportProgress(id, lease, { fraction: 1 })
      await broker.writeLog(id, lease, [
        { level: 'info', message: 'one' },
        { level: 'warn', message: 'y'.repeat(20_000) },
      ])
      await broker.saveCheckpoint(id, lease, json({ page: 7 }))
      const history = await broker.progressHistory(leased.taskId, { limit: 10 })
      expect(history).toMatchObject([
        { fraction: 0.25, stage: 'loading', attempt: 1 },
        { fraction: 1, stage: null, message: null },
      ])
      expect(history[0]!.message).toHaveLength(2000)
      const lines = await broker.logs(leased.taskId)
      expect(lines).toMatchObject([{ level: 'info', message: 'one' }, { level: 'warn' }])
      expect(lines[1]!.message).toHaveLength(10_000)
      await broker.releaseTask(id, lease)
      expect((await broker.leaseTasks(id, ask))[0]).toMatchObject({ checkpoint: '{"page":7}' })
    })

    it('that fails is tried again as its back-off says, with the error its worker told', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const backoff = { baseMs: 60_000, factor: 1, capMs: 60_000, jitter: 'none' as const }
      const leased = await leaseOne(broker, id, { backoff })
      const traceback = 'File "render.py", line 3'
      const error = { type: 'RenderError', message: 'no GPU', traceback, cause: 'OSError: gone' }
      expect(await broker.failTask(id, leaseOf(leased), { error })).toBe('retrying')
      const task = await broker.getTask(leased.taskId)
      expect(task).toMatchObject({ state: 'retrying', error, workerId: null })
      expect(task.runAt - task.updatedAt).toBe(60_000)
      expect(await broker.attempts(leased.taskId)).toMatchObject([{ outcome: 'failed', workerId: id }])
    })

    it('that fails is tried again when its worker says so, and never when it says never', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const later = await leaseOne(broker, id)
      expect(await broker.failTask(id, leaseOf(later), { ...failure, retryAfterMs: 3_600_000 })).toBe(
        'retrying',
      )
      const waiting = await broker.getTask(later.taskId)
      expect(waiting.runAt - waiting.updatedAt).toBe(3_600_000)
      const never = await leaseOne(broker, id)
      expect(await broker.failTask(id, leaseOf(never), { ...failure, mayRetry: false })).toBe('failed')
      expect(await broker.getTask(never.taskId)).toMatchObject({
        state: 'failed',
        isDeadLetter: true,
        attempt: 1,
      })
      const last = await leaseOne(broker, id, { maxRetries: 0 })
      expect(await broker.failTask(id, leaseOf(last), failure)).toBe('failed')
    })

    it('given back before its start was told is as if it had never been claimed', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      expect(await broker.releaseTask(id, leaseOf(leased))).toBe('pending')
      expect(await broker.getTask(leased.taskId)).toMatchObject({
        state: 'pending',
        attempt: 0,
        excusedAttempts: 0,
        claimedAt: null,
      })
      expect(await broker.attempts(leased.taskId)).toEqual([])
    })

    it('given back after its start costs no retry', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id, { maxRetries: 0 })
      await broker.startTask(id, leaseOf(leased))
      expect(await broker.releaseTask(id, leaseOf(leased))).toBe('pending')
      expect(await broker.getTask(leased.taskId)).toMatchObject({
        attempt: 1,
        excusedAttempts: 1,
        crashes: 0,
      })
      expect((await broker.attempts(leased.taskId)).map(({ outcome }) => outcome)).toEqual(['lost'])
      const [again] = await broker.leaseTasks(id, ask)
      expect(again!.attempt).toBe(2)
    })

    it('whose worker says something that cannot be kept stays leased', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const lease = leaseOf(await leaseOne(broker, id))
      const path = async (call: Promise<unknown>) => (await expectRefusal(call, 'INVALID_REQUEST'))['path']
      const tooMuch = json('x'.repeat(1_100_000))
      const tooDeep = `${'['.repeat(70)}${']'.repeat(70)}` as typeof tooMuch
      for (const value of [tooMuch, tooDeep]) {
        expect(await path(broker.completeTask(id, lease, value))).toBe('result')
        expect(await path(broker.saveCheckpoint(id, lease, value))).toBe('data')
      }
      for (const fraction of [-0.1, 1.1, Number.NaN])
        expect(await path(broker.reportProgress(id, lease, { fraction }))).toBe('fraction')
      const lines = Array.from({ length: 1001 }, () => ({ level: 'info' as const, message: 'x' }))
      expect(await path(broker.writeLog(id, lease, lines))).toBe('lines')
      expect(await path(broker.failTask(id, lease, { ...failure, retryAfterMs: -1 }))).toBe('retryAfterMs')
      expect(await broker.completeTask(id, lease, json(1))).toBe('succeeded')
    })

    it('answers nothing that comes late, twice, from elsewhere or under another lease, and stays as it is', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const other = await register(broker)
      const leased = await leaseOne(broker, id)
      const lease = leaseOf(leased)
      const forged = { taskId: leased.taskId, leaseToken: 'forged' }
      const refuseAll = async (workerId: string, wrong: typeof lease) => {
        const before = await broker.getTask(leased.taskId)
        for (const call of [
          broker.startTask(workerId, wrong),
          broker.reportProgress(workerId, wrong, { fraction: 0.5 }),
          broker.writeLog(workerId, wrong, [{ level: 'info', message: 'late' }]),
          broker.saveCheckpoint(workerId, wrong, json('late')),
          broker.completeTask(workerId, wrong, json('late')),
          broker.failTask(workerId, wrong, failure),
          broker.releaseTask(workerId, wrong),
        ])
          expect(await expectRefusal(call, 'LEASE_LOST')).toEqual({ taskId: leased.taskId, workerId })
        expect(await broker.getTask(leased.taskId)).toEqual(before)
        expect(await broker.logs(leased.taskId)).toEqual([])
      }
      await refuseAll(other.id, lease)
      await refuseAll(id, forged)
      await broker.releaseTask(id, lease)
      await refuseAll(id, lease)
      const [again] = await broker.leaseTasks(id, ask)
      await refuseAll(id, lease)
      await broker.completeTask(id, leaseOf(again!), json('done'))
      await refuseAll(id, leaseOf(again!))
    })

    it('ends once, however many answers race for it', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      const lease = leaseOf(leased)
      const answers = await Promise.allSettled([
        broker.completeTask(id, lease, json('first')),
        broker.completeTask(id, lease, json('second')),
        broker.failTask(id, lease, { ...failure, mayRetry: false }),
        broker.releaseTask(id, lease),
      ])
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
      expect(await broker.getTask(leased.taskId)).toMatchObject({ state: 'succeeded', result: '"first"' })
      expect((await broker.overview()).totals).toMatchObject({ succeeded: 1, failed: 0, ended: 1 })
    })
  })

  describe('a lease that runs out', () => {
    it('gives the task back, as a second attempt for another worker, without costing a retry', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id, { maxRetries: 0 })
      fixture.advance(LEASE_MS)
      const task = await untilTask(broker, leased.taskId, isPending)
      expect(task).toMatchObject({
        attempt: 1,
        excusedAttempts: 1,
        crashes: 0,
        workerId: null,
        error: { type: 'LeaseExpiredError' },
      })
      expect(await broker.attempts(leased.taskId)).toMatchObject([{ outcome: 'lost', workerId: id }])
      const other = await register(broker)
      const [again] = await broker.leaseTasks(other.id, ask)
      expect(again).toMatchObject({ taskId: leased.taskId, attempt: 2 })
      await expectRefusal(broker.completeTask(id, leaseOf(leased), json('late')), 'LEASE_LOST')
      expect(await broker.completeTask(other.id, leaseOf(again!), json('in time'))).toBe('succeeded')
      expect((await broker.getTask(leased.taskId)).result).toBe('"in time"')
    })

    it('refuses an answer from the very moment on', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const lease = leaseOf(await leaseOne(broker, id))
      fixture.advance(LEASE_MS)
      await expectRefusal(broker.completeTask(id, lease, json(1)), 'LEASE_LOST')
    })

    it('is kept by renewing it in time, for as long as the last renewal says', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      for (let i = 0; i < 3; i += 1) {
        fixture.advance(LEASE_MS * 0.6)
        const { renewed, lost, abort } = await broker.renewLeases(id, [leaseOf(leased)], LEASE_MS)
        expect(renewed.map(({ taskId }) => taskId)).toEqual([leased.taskId])
        expect([lost, abort]).toEqual([[], []])
      }
      await broker.renewLeases(id, [leaseOf(leased)], 1000)
      fixture.advance(1000)
      await untilTask(broker, leased.taskId, isPending)
    })

    it('is told as lost by the next renewal, which keeps the others', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const gone = await leaseOne(broker, id)
      fixture.advance(LEASE_MS * 0.6)
      const kept = await leaseOne(broker, id)
      fixture.advance(LEASE_MS * 0.6)
      const forged = { taskId: 'nope', leaseToken: 'nope' }
      const renewal = await broker.renewLeases(id, [leaseOf(gone), forged, leaseOf(kept)], LEASE_MS)
      expect(renewal.renewed.map(({ taskId }) => taskId)).toEqual([kept.taskId])
      expect(renewal.lost).toEqual([gone.taskId, 'nope'])
      const tooMany = Array.from({ length: 1001 }, () => leaseOf(kept))
      expect(await expectRefusal(broker.renewLeases(id, tooMany, LEASE_MS), 'INVALID_REQUEST')).toEqual({
        path: 'leases',
      })
    })
  })

  describe('a leased task that somebody', () => {
    it('cancels is told to its worker, and is cancelled with the next answer of any kind', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const [one, two, three] = [
        await leaseOne(broker, id),
        await leaseOne(broker, id),
        await leaseOne(broker, id),
      ]
      for (const { taskId } of [one, two, three])
        expect(await broker.cancel(taskId, { terminate: false })).toMatchObject({
          state: 'running',
          isCancelRequested: true,
        })
      const ids = [one, two, three].map(({ taskId }) => taskId)
      expect((await broker.heartbeat(id)).abort).toEqual(ids)
      expect((await broker.renewLeases(id, [leaseOf(one)], LEASE_MS)).abort).toEqual(ids)
      expect(await broker.completeTask(id, leaseOf(one), json(1))).toBe('cancelled')
      expect(await broker.failTask(id, leaseOf(two), failure)).toBe('cancelled')
      expect(await broker.releaseTask(id, leaseOf(three))).toBe('cancelled')
      expect((await broker.heartbeat(id)).abort).toEqual([])
    })

    it('cancels is cancelled when its lease runs out', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      await broker.cancel(leased.taskId, { terminate: false })
      fixture.advance(LEASE_MS)
      const task = await untilTask(broker, leased.taskId, ({ state }) => state !== 'running')
      expect(task.state).toBe('cancelled')
    })

    it('terminates is taken from its worker at once', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id)
      expect(await broker.cancel(leased.taskId, { terminate: true })).toMatchObject({ state: 'cancelled' })
      expect((await broker.getWorker(id)).running).toEqual([])
      await expectRefusal(broker.completeTask(id, leaseOf(leased), json(1)), 'LEASE_LOST')
      expect((await broker.renewLeases(id, [leaseOf(leased)], LEASE_MS)).lost).toEqual([leased.taskId])
    })

    it('pauses is told to its worker, is paused with its answer, and goes on where it was', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const leased = await leaseOne(broker, id, { maxRetries: 0 })
      const lease = leaseOf(leased)
      await broker.startTask(id, lease)
      await broker.saveCheckpoint(id, lease, json(3))
      expect((await broker.pauseTask(leased.taskId)).state).toBe('running')
      expect((await broker.heartbeat(id)).abort).toEqual([leased.taskId])
      expect(await broker.failTask(id, lease, failure)).toBe('paused')
      expect(await broker.leaseTasks(id, ask)).toEqual([])
      await broker.resumeTask(leased.taskId)
      const [again] = await broker.leaseTasks(id, ask)
      expect(again).toMatchObject({ taskId: leased.taskId, attempt: 2, checkpoint: '3' })
      expect(await broker.completeTask(id, leaseOf(again!), json(1))).toBe('succeeded')
    })

    it('lets run past its limit is taken from its worker, and tried again', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      // The usual pause before a retry may be over at once.
      const backoff = { baseMs: 3_600_000, factor: 1, capMs: 3_600_000, jitter: 'none' as const }
      const leased = await leaseOne(broker, id, { timeoutMs: 25_000, maxRetries: 1, backoff })
      await broker.renewLeases(id, [leaseOf(leased)], 60_000)
      fixture.advance(15_000)
      await broker.startTask(id, leaseOf(leased))
      await broker.heartbeat(id)
      fixture.advance(15_000)
      expect(await broker.renewLeases(id, [leaseOf(leased)], 60_000)).toMatchObject({ lost: [] })
      fixture.advance(10_000)
      const task = await untilTask(broker, leased.taskId, ({ state }) => state !== 'running')
      expect(task).toMatchObject({ state: 'retrying', attempt: 1, error: { type: 'TimeoutError' } })
      await expectRefusal(broker.completeTask(id, leaseOf(leased), json(1)), 'LEASE_LOST')
    })
  })
}
