import { expect, it } from 'vitest'
import { json } from '../conformance/submit-one.ts'
import { standingClock } from '../support/movable-clock.ts'
import { openTestBroker } from '../support/open-test-broker.ts'

it('marks, their pace, alerts and changed rules outlive a restart', async () => {
  const clock = standingClock()
  const first = await openTestBroker({ clock, waitUntilReady: false })
  const mark = await first.broker.markDegraded({ component: 'database', strategy: 'reduce_throughput' })
  await first.broker.submit([{ name: 'elsewhere' }, { name: 'elsewhere' }, { name: 'elsewhere' }])
  await first.broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 2 })
  const open = await first.broker.listAlerts({})
  expect(open).toMatchObject([{ type: 'HIGH_QUEUE_DEPTH', queue: 'default', value: 3 }])

  await using second = await first.reopen()
  expect(await second.broker.degradations()).toEqual([mark])
  expect(await second.broker.listAlerts({})).toEqual(open)
  expect((await second.broker.alertRules())[1]).toMatchObject({ type: 'HIGH_QUEUE_DEPTH', threshold: 2 })
  const { id } = await second.broker.registerWorker({ hostname: 'far', concurrency: 10 })
  const [leased, ...others] = await second.broker.leaseTasks(id, { limit: 10, leaseMs: 60_000 })
  expect(others).toEqual([])
  await second.broker.completeTask(id, leased!, json(null))
  clock.advance(300_001)
  expect(await second.broker.degradations()).toEqual([])
  expect(await second.broker.leaseTasks(id, { limit: 10, leaseMs: 60_000 })).toHaveLength(2)
})
