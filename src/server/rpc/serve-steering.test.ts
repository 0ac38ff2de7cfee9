import { safe } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestClient, type TestClient } from '../../../test/support/open-test-client.ts'
import { untilFinal } from '../../../test/support/until.ts'

/** For a machine that does other things. */
const PATIENCE = { timeout: 20_000 }
const GONE = '01900000-0000-7000-8000-000000000000'

describe('steering the local broker by the contract', () => {
  let opened: TestClient
  let client: TestClient['client']

  beforeAll(async () => {
    opened = await openTestClient({ threads: 4 })
    ;({ client } = opened)
  })
  afterAll(() => opened[Symbol.asyncDispose]())

  const submitLater = async (queue: string, count = 1) =>
    client.tasks.submit({
      tasks: Array.from({ length: count }, () => ({ name: 'demo', queue, runAt: Date.now() + 3_600_000 })),
    })
  const submitFailing = async (queue: string, message: string) => {
    const [receipt] = await client.tasks.submit({
      tasks: [{ name: 'fail', queue, kwargs: JSON.stringify({ message }), maxRetries: 0 }],
    })
    return untilFinal(opened.broker, receipt!.id)
  }

  it('changes a waiting task, pauses it, and puts it back', async () => {
    const [{ id } = { id: '' }] = await submitLater('change')
    expect(await client.tasks.update({ id, changes: { priority: 9, kwargs: '{"count":1}' } })).toMatchObject({
      priority: 9,
      kwargs: '{"count":1}',
    })
    expect(await client.tasks.pause({ id })).toMatchObject({ state: 'paused' })
    expect(await client.tasks.resume({ id })).toMatchObject({ state: 'scheduled' })
  })

  it('runs a task again with changes, linked to the first', async () => {
    const first = await submitFailing('replays', 'once')
    const again = await client.tasks.replay({
      id: first.id,
      changes: { kwargs: '{"message":"twice"}', queue: 'replays' },
    })
    const { tasks } = await client.tasks.listFull({ replayOf: first.id })
    expect(tasks).toMatchObject([{ id: again.id, kwargs: '{"message":"twice"}', replayOf: first.id }])
  })

  it('lists subtasks of a task', async () => {
    const [parent] = await submitLater('family')
    await client.tasks.submit({ tasks: [{ name: 'demo', queue: 'family', parentId: parent!.id }] })
    const { tasks } = await client.tasks.subtasks({ id: parent!.id })
    expect(tasks).toMatchObject([{ parentId: parent!.id }])
    expect(await client.tasks.count({ parentId: parent!.id })).toBe(1)
  })

  it('cancels everything that matches a filter, and tells how many', async () => {
    await submitLater('many', 25)
    const { id } = await client.bulk.start({ action: 'cancel', query: { queue: 'many' } })
    await vi.waitFor(
      async () => expect(await client.bulk.get({ id })).toMatchObject({ state: 'done' }),
      PATIENCE,
    )
    expect(await client.bulk.get({ id })).toMatchObject({ matched: 25, done: 25, skipped: 0 })
    expect((await client.bulk.list())[0]).toMatchObject({ id })
    expect(await client.tasks.count({ queue: 'many', states: ['cancelled'] })).toBe(25)
  })

  it('refuses a condition it does not know, instead of meaning every task there is', async () => {
    const query = { queues: 'many' } as object
    const { error } = await safe(client.bulk.start({ action: 'delete', query }))
    expect(error).toMatchObject({ code: 'REFUSED', data: { code: 'INVALID_REQUEST' } })
    const listed = await safe(client.tasks.list(query))
    expect(listed.error).toMatchObject({ data: { code: 'INVALID_REQUEST' } })
  })

  it('changes one setting of a queue, takes another away, and leaves the rest as they were', async () => {
    await client.queues.update({
      name: 'set',
      changes: { concurrency: 3, rateLimit: { count: 5, perMs: 1000 }, timeoutMs: 9000 },
    })
    const { settings } = await client.queues.update({ name: 'set', changes: { rateLimit: null } })
    expect(settings).toMatchObject({ concurrency: 3, rateLimit: null, timeoutMs: 9000 })
    const { error } = await safe(client.queues.update({ name: 'set', changes: { concurrency: -1 } }))
    expect(error).toMatchObject({ data: { code: 'INVALID_REQUEST', details: { path: 'concurrency' } } })
    expect(await client.queues.get({ name: 'set' })).toMatchObject({ settings: { concurrency: 3 } })
  })

  it('purges what waits in a queue, and says how many', async () => {
    await submitLater('purge', 4)
    expect(await client.queues.purge({ name: 'purge' })).toBe(4)
  })

  it('reprocesses some dead letters and purges others', async () => {
    const one = await submitFailing('dead', 'printer 1 on fire')
    const other = await submitFailing('dead', 'printer 2 on fire')
    const [group] = await client.deadLetters.groups({ queue: 'dead', limit: 10 })
    expect(group).toMatchObject({ count: 2 })
    expect(await client.tasks.count({ errorFingerprint: group!.fingerprint, queue: 'dead' })).toBe(2)

    const receipts = await client.deadLetters.reprocess({
      queue: 'dead',
      selection: { taskIds: [one.id] },
    })
    expect(receipts).toHaveLength(1)
    await untilFinal(opened.broker, receipts[0]!.id)
    expect(await client.deadLetters.purge({ queue: 'dead', selection: { taskIds: [other.id] } })).toBe(1)
    expect(await client.deadLetters.purge({ queue: 'dead', selection: 'all' })).toBe(1)
  })

  it('adds a worker, pauses, resizes, drains and removes it', async () => {
    const { id } = await client.workers.addLocal({ name: 'extra', queues: ['side'], threads: 2 })
    expect(await client.workers.setPaused({ id, isPaused: true })).toMatchObject({ status: 'paused' })
    expect(await client.workers.setPaused({ id, isPaused: false })).toMatchObject({ status: 'idle' })
    expect(await client.workers.resize({ id, concurrency: 3 })).toMatchObject({ concurrency: 3 })
    expect(await client.workers.drain({ id })).toMatchObject({ id })
    await client.workers.remove({ id })
    await vi.waitFor(
      async () => expect((await client.workers.list()).map((worker) => worker.id)).not.toContain(id),
      PATIENCE,
    )
    const { error } = await safe(client.workers.get({ id: GONE }))
    expect(error).toMatchObject({ data: { code: 'WORKER_NOT_FOUND' } })
  })

  it('submits a workflow, shows it, cancels and deletes it', async () => {
    const { id } = await client.workflows.submit({
      name: 'nightly',
      nodes: [
        {
          key: 'first',
          task: { name: 'demo', runAt: Date.now() + 3_600_000 },
          parents: [],
          onFailure: 'fail',
        },
        { key: 'second', task: { name: 'demo' }, parents: ['first'], onFailure: 'skip' },
      ],
    })
    expect(await client.workflows.get({ id })).toMatchObject({ nodes: [{ key: 'first' }, { blockedBy: 1 }] })
    expect(await client.workflows.cancel({ id, terminate: false })).toMatchObject({ state: 'cancelled' })
    expect((await client.workflows.list({ states: ['cancelled'] })).workflows).toMatchObject([{ id }])
    await client.workflows.delete({ id })
    const { error } = await safe(client.workflows.get({ id }))
    expect(error).toMatchObject({ data: { code: 'WORKFLOW_NOT_FOUND' } })
  })

  it('makes a schedule, changes it, runs it by hand, pauses and deletes it', async () => {
    const timing = { kind: 'cron', expression: '0 3 * * *', timeZone: 'Europe/Berlin' } as const
    expect(await client.schedules.nextFires({ timing, count: 5 })).toHaveLength(5)
    const { id } = await client.schedules.create({ name: 'night', timing, task: { name: 'demo' } })
    expect(await client.schedules.update({ id, changes: { name: 'late' } })).toMatchObject({
      name: 'late',
      timing,
    })
    const { id: taskId } = await client.schedules.runNow({ id })
    await untilFinal(opened.broker, taskId)
    expect(await client.schedules.setPaused({ id, isPaused: true })).toMatchObject({ nextFireAt: null })
    expect((await client.schedules.list({})).schedules).toMatchObject([{ id, lastTaskId: taskId }])
    await client.schedules.delete({ id })
    const { error } = await safe(client.schedules.get({ id }))
    expect(error).toMatchObject({ data: { code: 'SCHEDULE_NOT_FOUND' } })
  })

  it('changes an alert rule, tells what is wrong, and takes note that somebody saw it', async () => {
    await submitLater('deep', 1)
    await client.queues.setPaused({ name: 'deep', isPaused: true })
    await client.tasks.submit({ tasks: [{ name: 'demo', queue: 'deep' }] })
    await client.alerts.updateRule({ type: 'HIGH_QUEUE_DEPTH', changes: { threshold: 0 } })
    expect((await client.alerts.rules()).find(({ type }) => type === 'HIGH_QUEUE_DEPTH')).toMatchObject({
      threshold: 0,
    })
    const alert = (await client.alerts.list({})).find(({ queue }) => queue === 'deep')
    expect(alert).toMatchObject({ type: 'HIGH_QUEUE_DEPTH', state: 'active' })
    expect(await client.alerts.acknowledge({ id: alert!.id })).toMatchObject({ state: 'acknowledged' })
    expect((await client.alerts.history({ limit: 1 })).alerts).toHaveLength(1)
  })

  it('marks a component as ailing, and takes the mark away', async () => {
    await client.resilience.markDegraded({ component: 'events', strategy: 'skip_enrichment' })
    const { components } = await client.resilience.get()
    expect(components.find(({ name }) => name === 'events')?.degradation).toMatchObject({
      strategy: 'skip_enrichment',
    })
    expect(await client.resilience.clear({ component: 'events' })).toBe(true)
    expect(await client.resilience.clear({ component: 'events' })).toBe(false)
  })

  it('tells totals by queue and task name', async () => {
    await submitFailing('totals', 'counted')
    const found = (await client.taskTotals()).find(({ queue }) => queue === 'totals')
    expect(found).toMatchObject({ name: 'fail', totals: { failed: 1 } })
  })
})
