import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json } from '../conformance/submit-one.ts'
import { openTestBroker } from '../support/open-test-broker.ts'
import { untilFinal, untilTask } from '../support/until.ts'

const taskFiles = {
  'handlers.ts': `
    import { existsSync } from 'node:fs'
    const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))
    export async function killer({ kwargs }: any, context: any) {
      context.progress(0.5)
      await wait(50)
      while (kwargs.after !== undefined && !existsSync(kwargs.after)) await wait(10)
      process.kill(process.pid, 'SIGKILL')
    }
    export async function neighbour({ kwargs }: any, context: any) {
      context.progress(0.5)
      await wait(50)
      while (kwargs.staysOnce && context.attempt === 1) await wait(10)
      return context.attempt
    }`,
}

/** Who ran when, by the events: for each start, what else was started and had not ended. */
function company(events: readonly { type: string; taskId: string | null }[], id: string): number[] {
  const inside = new Set<string>()
  const others: number[] = []
  for (const { type, taskId } of events) {
    if (taskId === null) continue
    if (type === 'task.started') {
      if (taskId === id) others.push(inside.size)
      inside.add(taskId)
    } else if (type !== 'task.progress' && type !== 'task.claimed') inside.delete(taskId)
  }
  return others
}

describe('a task that kills the executor, beside neighbours in other pools', { timeout: 60_000 }, () => {
  it('is found out alone and quarantined, while no neighbour is blamed', async () => {
    await using fixture = await openTestBroker({
      taskFiles,
      pools: [
        { name: 'a', queues: ['a'], threads: 2 },
        { name: 'b', queues: ['b'], threads: 2 },
        { name: 'all', queues: null, threads: 2 },
      ],
    })
    const { broker } = fixture
    const { lastSeq } = await broker.overview()
    const receipts = await broker.submit([
      { name: 'neighbour', queue: 'b' },
      { name: 'neighbour', queue: 'b' },
      { name: 'neighbour', queue: 'c' },
      { name: 'killer', queue: 'a', maxRetries: 0 },
      ...Array.from({ length: 20 }, (_, index) => ({
        name: 'neighbour',
        queue: ['a', 'b', 'c'][index % 3]!,
      })),
    ])
    const killer = receipts[3]!
    const poison = await untilFinal(broker, killer.id)
    expect(poison).toMatchObject({ state: 'failed', crashes: 3, error: { type: 'PoisonTaskError' } })
    for (const { id } of receipts) {
      if (id === killer.id) continue
      expect(await untilFinal(broker, id)).toMatchObject({ state: 'succeeded', crashes: 0 })
    }
    const events: { type: string; taskId: string | null }[] = []
    const { lastSeq: end } = await broker.overview()
    for await (const batch of broker.subscribe({ after: lastSeq })) {
      events.push(...batch.events)
      if (batch.events.at(-1)!.seq >= end) break
    }
    const with_ = company(events, killer.id)
    expect(with_.filter((others) => others === 0).length).toBeGreaterThanOrEqual(3)
  })

  it('that waits in a paused queue holds up nobody else', async () => {
    await using fixture = await openTestBroker({ taskFiles, threads: 2 })
    const { broker, dataFolder } = fixture
    const after = join(dataFolder, 'kill-now')
    const [killer, beside] = await broker.submit([
      { name: 'killer', queue: 'a', kwargs: json({ after }) },
      { name: 'neighbour', queue: 'b', kwargs: json({ staysOnce: true }) },
    ])
    for (const { id } of [killer!, beside!]) await untilTask(broker, id, ({ progress }) => progress !== null)
    await broker.setQueuePaused('a', true)
    // Not before its queue is paused: else it might be found out, alone, before that.
    writeFileSync(after, '')
    await untilTask(broker, killer!.id, ({ state }) => state === 'pending')
    const receipts = await broker.submit(
      Array.from({ length: 30 }, () => ({ name: 'neighbour', queue: 'b' })),
    )
    for (const { id } of [beside!, ...receipts])
      expect((await untilFinal(broker, id)).state).toBe('succeeded')
    expect((await broker.getTask(killer!.id)).state).toBe('pending')
    await broker.setQueuePaused('a', false)
    expect((await untilFinal(broker, killer!.id)).error!.type).toBe('PoisonTaskError')
  })
})
