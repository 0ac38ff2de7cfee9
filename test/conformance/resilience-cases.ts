import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { COMPONENTS, type MarkDegraded } from '../../src/shared/domain/resilience.ts'
import { untilFinal, untilIdle } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import { leaseOf, leaseOne, register } from './external-worker.ts'
import { has, type OpenBroker } from './open-broker.ts'
import { submitOne } from './submit-one.ts'

const listIds = async (broker: Broker) => (await broker.listTasks({})).tasks.map(({ id }) => id)

export function resilienceCases(open: OpenBroker): void {
  describe('resilience', () => {
    it('is 100 while every component is healthy', async () => {
      await using fixture = await open()
      const { score, components } = await fixture.broker.resilience()
      expect(components).toEqual(
        COMPONENTS.map((name) => ({ name, isHealthy: true, detail: null, degradation: null })),
      )
      expect(score).toBe(100)
    })

    it('is 80 with one of five components marked, until the mark is cleared', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const mark = await broker.markDegraded({ component: 'database', strategy: 'return_cached' })
      expect(mark.until - mark.since).toBe(300_000)
      expect(await broker.degradations()).toEqual([mark])
      const { score, components } = await broker.resilience()
      expect(score).toBe(80)
      expect(components[0]).toMatchObject({ name: 'database', isHealthy: true, degradation: mark })
      expect(await broker.clearDegradation('database')).toBe(true)
      expect(await broker.clearDegradation('database')).toBe(false)
      expect((await broker.resilience()).score).toBe(100)
    })

    it('counts a component that is not well, and says why', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [local] = await broker.listWorkers()
      await broker.setWorkerPaused(local!.id, true)
      const { score, components } = await broker.resilience()
      expect(score).toBe(80)
      expect(components[1]).toMatchObject({
        name: 'workers',
        isHealthy: false,
        detail: 'no worker takes tasks',
      })
    })

    it('is told of one mark a component, the last, and of none that ran out', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.markDegraded({ component: 'events', strategy: 'skip_enrichment' })
      const last = await broker.markDegraded({ component: 'events', strategy: 'async_fallback', ttlMs: 5000 })
      expect(await broker.degradations()).toEqual([last])
      fixture.advance(5001)
      expect(await broker.degradations()).toEqual([])
      expect(await broker.clearDegradation('events')).toBe(false)
    })

    it.each<[string, Partial<Record<keyof MarkDegraded, unknown>>]>([
      ['component', { component: 'nope' }],
      ['strategy', { strategy: 'nope' }],
      ['ttlMs', { ttlMs: 999 }],
      ['ttlMs', { ttlMs: 86_400_001 }],
      ['fallbackQueue', { fallbackQueue: 'no such name' }],
    ])('refuses a mark with a wrong %s', async (path, wrong) => {
      await using fixture = await open()
      const mark = { component: 'database', strategy: 'queue_to_fallback', ...wrong } as MarkDegraded
      expect(await expectRefusal(fixture.broker.markDegraded(mark), 'INVALID_REQUEST')).toEqual({ path })
      expect(await fixture.broker.degradations()).toEqual([])
    })
  })

  describe('a component that is degraded', () => {
    it('with return_cached answers lists as at first, and says so; a task by its id is as it is', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await submitOne(broker, { name: 'echo', queue: 'a' })
      await untilFinal(broker, id)
      await broker.markDegraded({ component: 'database', strategy: 'return_cached' })
      const live = await broker.listTasks({})
      expect(broker.originOf(live)).toEqual({ kind: 'live' })
      expect(await broker.countTasks({})).toBe(1)
      const other = await submitOne(broker, { name: 'echo', queue: 'b' })
      expect(await broker.countTasks({})).toBe(1)
      const cached = await broker.listTasks({})
      expect(cached).toEqual(live)
      expect(broker.originOf(cached)).toMatchObject({ kind: 'cached', component: 'database' })
      expect(broker.originOf(live)).toEqual({ kind: 'live' })
      expect((await broker.listTasks({ queue: 'b' })).tasks).toHaveLength(1)
      expect((await untilFinal(broker, other.id)).state).toBe('succeeded')
      await broker.clearDegradation('database')
      const after = await broker.listTasks({})
      expect(after.tasks).toHaveLength(2)
      expect(broker.originOf(after)).toEqual({ kind: 'live' })
    })

    it('with return_cached begins anew with every mark', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.markDegraded({ component: 'database', strategy: 'return_cached' })
      expect(await listIds(broker)).toEqual([])
      const { id } = await submitOne(broker, { name: 'echo' })
      expect(await listIds(broker)).toEqual([])
      await broker.markDegraded({ component: 'database', strategy: 'return_cached' })
      expect(await listIds(broker)).toEqual([id])
    })

    it('with default_value answers empty lists, until the mark runs out, and harms no other component', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.markDegraded({ component: 'workers', strategy: 'default_value', ttlMs: 60_000 })
      const workers = await broker.listWorkers()
      expect(workers).toEqual([])
      expect(broker.originOf(workers)).toEqual({ kind: 'default', component: 'workers' })
      const { id } = await submitOne(broker, { name: 'echo' })
      await untilFinal(broker, id)
      expect(await listIds(broker)).toEqual([id])
      fixture.advance(60_001)
      expect(await broker.listWorkers()).toHaveLength(1)
    })

    it('with default_value answers zeros of the same shape', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await submitOne(broker, { name: 'elsewhere' })
      const live = { overview: await broker.overview(), stats: await broker.stats({ period: '1h' }) }
      await broker.markDegraded({ component: 'database', strategy: 'default_value' })
      const overview = await broker.overview()
      expect(await broker.countTasks({})).toBe(0)
      expect(overview.counts.pending).toBe(0)
      expect(Object.keys(overview).toSorted()).toEqual(Object.keys(live.overview).toSorted())
      const stats = await broker.stats({ period: '1h' })
      expect(stats.buckets).toHaveLength(live.stats.buckets.length)
      expect(stats.buckets.every(({ submitted }) => submitted === 0)).toBe(true)
      expect(Object.keys(stats.buckets[0]!).toSorted()).toEqual(
        Object.keys(live.stats.buckets[0]!).toSorted(),
      )
    })

    it('with queue_to_fallback takes submits into the queue that the mark names, and the receipt tells', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.markDegraded({
        component: 'workers',
        strategy: 'queue_to_fallback',
        fallbackQueue: 'shelter',
      })
      const [one, other] = await broker.submit([{ name: 'elsewhere', queue: 'busy' }, { name: 'elsewhere' }])
      expect([one!.queue, other!.queue]).toEqual(['shelter', 'shelter'])
      expect((await broker.getTask(one!.id)).queue).toBe('shelter')
      await broker.markDegraded({ component: 'workers', strategy: 'queue_to_fallback' })
      expect((await submitOne(broker, { name: 'elsewhere', queue: 'busy' })).queue).toBe('fallback')
      await broker.clearDegradation('workers')
      expect((await submitOne(broker, { name: 'elsewhere', queue: 'busy' })).queue).toBe('busy')
    })

    it.runIf(has(open, 'externalWorkers'))(
      'with reduce_throughput claims no more than its pace, and everything in the end',
      async () => {
        await using fixture = await open()
        const { broker } = fixture
        const mark = await broker.markDegraded({ component: 'database', strategy: 'reduce_throughput' })
        expect(mark.claimsPerSecond).toBe(1)
        const external = await register(broker, { concurrency: 50 })
        await broker.submit(Array.from({ length: 20 }, () => ({ name: 'elsewhere.render' })))
        const lease = () => broker.leaseTasks(external.id, { limit: 50, leaseMs: 60_000 })
        expect(await lease()).toHaveLength(1)
        fixture.advance(1000)
        expect(await lease()).toHaveLength(1)
        await broker.clearDegradation('database')
        expect(await lease()).toHaveLength(18)
      },
    )

    it('with reduce_throughput wakes local workers for what waits, at its pace', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.markDegraded({ component: 'workers', strategy: 'reduce_throughput', ttlMs: 60_000 })
      await broker.submit(Array.from({ length: 3 }, () => ({ name: 'echo' })))
      await untilIdle(broker)
      const { tasks } = await broker.listTasks({ states: ['succeeded'], order: 'oldest' })
      expect(tasks).toHaveLength(3)
      // One at once, and one in each second after that.
      expect(tasks[2]!.claimedAt! - tasks[0]!.claimedAt!).toBeGreaterThanOrEqual(1900)
    })

    it('with skip_enrichment keeps no log lines, and everything else of a task', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.markDegraded({ component: 'events', strategy: 'skip_enrichment' })
      const quiet = await submitOne(broker, { name: 'talkative' })
      expect(await untilFinal(broker, quiet.id)).toMatchObject({
        state: 'succeeded',
        progress: { fraction: 1, stage: 'last' },
      })
      expect(await broker.logs(quiet.id)).toEqual([])
      await broker.clearDegradation('events')
      const loud = await submitOne(broker, { name: 'talkative' })
      await untilFinal(broker, loud.id)
      expect(await broker.logs(loud.id)).toHaveLength(2)
    })

    it.runIf(has(open, 'externalWorkers'))(
      'with skip_enrichment keeps no log lines of external workers',
      async () => {
        await using fixture = await open()
        const { broker } = fixture
        await broker.markDegraded({ component: 'events', strategy: 'skip_enrichment' })
        const worker = await register(broker)
        const leased = await leaseOne(broker, worker.id)
        await broker.writeLog(worker.id, leaseOf(leased), [{ level: 'info', message: 'lost' }])
        const wrong = { taskId: leased.taskId, leaseToken: 'wrong' }
        await expectRefusal(broker.writeLog(worker.id, wrong, []), 'LEASE_LOST')
        expect(await broker.logs(leased.taskId)).toEqual([])
        await broker.clearDegradation('events')
        await broker.writeLog(worker.id, leaseOf(leased), [{ level: 'info', message: 'kept' }])
        expect(await broker.logs(leased.taskId)).toMatchObject([{ message: 'kept' }])
      },
    )

    it('with async_fallback tells faces not to wait for results', async () => {
      await using fixture = await open()
      const { broker } = fixture
      expect(await broker.mayWaitForResults()).toBe(true)
      await broker.markDegraded({ component: 'workers', strategy: 'async_fallback' })
      expect(await broker.mayWaitForResults()).toBe(false)
      await broker.clearDegradation('workers')
      expect(await broker.mayWaitForResults()).toBe(true)
    })
  })
}
