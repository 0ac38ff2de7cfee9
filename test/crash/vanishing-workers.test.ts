import { describe, expect, it } from 'vitest'
import { isBrokerError } from '../../src/shared/domain/errors.ts'
import type { LeasedTask } from '../../src/shared/domain/worker-port.ts'
import { json } from '../conformance/submit-one.ts'
import { dice } from '../support/dice.ts'
import { movableClock } from '../support/movable-clock.ts'
import { openTestBroker } from '../support/open-test-broker.ts'

const TASKS = Number(process.env['VANISHING_TASKS'] ?? 300)
const SEED = Number(process.env['VANISHING_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const LEASE_MS = 1000

describe('external workers that vanish, come late and answer twice', { timeout: 120_000 }, () => {
  it(`end each of ${TASKS} tasks exactly once`, async () => {
    const random = dice(SEED)
    const clock = movableClock()
    await using fixture = await openTestBroker({ clock })
    const { broker } = fixture
    const receipts = await broker.submit(
      Array.from({ length: TASKS }, (_, index) => ({
        name: 'elsewhere',
        queue: index % 2 === 0 ? 'a' : 'b',
        maxRetries: 0,
      })),
    )
    const accepted = new Map<string, string[]>()
    let refused = 0

    async function answer(workerId: string, task: LeasedTask): Promise<void> {
      try {
        await broker.completeTask(workerId, task, json(task.leaseToken))
        accepted.set(task.taskId, [...(accepted.get(task.taskId) ?? []), json(task.leaseToken)])
      } catch (error) {
        if (!isBrokerError(error, 'LEASE_LOST', 'WORKER_NOT_FOUND')) throw error
        refused += 1
      }
    }

    /** One process after another, each until its luck runs out. */
    async function live(): Promise<void> {
      const events = broker.subscribe({
        filter: { types: ['task.retrying', 'task.scheduled', 'task.succeeded'] },
      })
      const changes = events[Symbol.asyncIterator]()
      let { id } = await broker.registerWorker({ hostname: 'w', concurrency: 5 })
      for (;;) {
        const { counts } = await broker.overview()
        if (counts.pending + counts.running === 0) break
        const leased = await broker.leaseTasks(id, { limit: 5, leaseMs: LEASE_MS })
        if (leased.length === 0) {
          clock.advance(LEASE_MS / 2)
          await changes.next()
          continue
        }
        if (random() < 0.1) {
          if (random() < 0.5) await broker.removeWorker(id)
          id = (await broker.registerWorker({ hostname: 'w', concurrency: 5 })).id
        }
        for (const task of leased) {
          if (random() < 0.3) await broker.startTask(id, task).catch(() => {})
          if (random() < 0.1) clock.advance(LEASE_MS)
          if (random() < 0.1) continue
          await Promise.all(random() < 0.2 ? [answer(id, task), answer(id, task)] : [answer(id, task)])
        }
      }
      events.close()
    }
    await Promise.all(Array.from({ length: 6 }, live))

    const seed = `seed ${SEED}`
    expect(refused, seed).toBeGreaterThan(0)
    for (const { id } of receipts) {
      const { state, result } = await broker.getTask(id)
      expect({ state, results: accepted.get(id) }, seed).toEqual({ state: 'succeeded', results: [result] })
    }
    expect((await broker.overview()).totals, seed).toMatchObject({ succeeded: TASKS, failed: 0, timedOut: 0 })
  })
})
