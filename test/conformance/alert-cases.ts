import { describe, expect, it } from 'vitest'
import type { AlertType } from '../../src/shared/domain/alert.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { untilFinal, untilIdle } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import { eventsUntil, register } from './external-worker.ts'
import { has, type OpenBroker } from './open-broker.ts'
import { submitOne } from './submit-one.ts'

const MINUTE_MS = 60_000

/** Makes the broker look now: a change of a rule does, also an empty one. */
async function openAlerts(broker: Broker, type: AlertType) {
  await broker.updateAlertRule(type, {})
  return (await broker.listAlerts({})).filter((alert) => alert.type === type)
}

async function fillQueue(broker: Broker, queue: string, count: number): Promise<void> {
  await broker.submit(Array.from({ length: count }, () => ({ name: 'elsewhere', queue })))
}

export function alertCases(open: OpenBroker): void {
  describe('the rules of alerts', () => {
    it('are one of each kind, with the documented severities and thresholds', async () => {
      await using fixture = await open()
      const rules = await fixture.broker.alertRules()
      expect(
        rules.map(({ type, severity, threshold, isEnabled }) => [type, severity, threshold, isEnabled]),
      ).toEqual([
        ['NO_ACTIVE_WORKERS', 'critical', 15_000, true],
        ['HIGH_QUEUE_DEPTH', 'warning', 1000, true],
        ['HIGH_FAILURE_RATE', 'critical', 0.5, true],
        ['WORKER_DOWN', 'critical', 300_000, true],
        ['LOW_WORKER_HEARTBEAT', 'warning', 120_000, true],
        ['TASK_TIMEOUT', 'warning', 1, true],
      ])
    })

    it('keep what is not changed, and are refused out of range', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const changed = await broker.updateAlertRule('HIGH_FAILURE_RATE', { threshold: 0.25 })
      expect(changed).toMatchObject({
        threshold: 0.25,
        minimumCount: 10,
        cooldownMs: 300_000,
        isEnabled: true,
      })
      await broker.updateAlertRule('HIGH_FAILURE_RATE', { minimumCount: 3, threshold: undefined })
      expect((await broker.alertRules())[2]).toMatchObject({ threshold: 0.25, minimumCount: 3 })
      const details = await expectRefusal(
        broker.updateAlertRule('HIGH_FAILURE_RATE', { threshold: 2 }),
        'INVALID_REQUEST',
      )
      expect(details).toEqual({ path: 'threshold' })
      await expectRefusal(broker.updateAlertRule('NOPE' as AlertType, {}), 'INVALID_REQUEST')
      expect((await broker.alertRules())[2]).toMatchObject({ threshold: 0.25 })
    })
  })

  describe('an alert', () => {
    it('is raised when a queue is too deep, and cleared when it is not, with an event for each', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { lastSeq } = await broker.overview()
      await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 2 })
      await fillQueue(broker, 'shallow', 2)
      await fillQueue(broker, 'deep', 3)
      const [alert, ...others] = await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      expect(others).toEqual([])
      expect(alert).toMatchObject({
        severity: 'warning',
        queue: 'deep',
        state: 'active',
        value: 3,
        threshold: 2,
        count: 1,
        clearedAt: null,
      })
      await broker.purgeQueue('deep')
      expect(await openAlerts(broker, 'HIGH_QUEUE_DEPTH')).toEqual([])
      expect(await broker.listAlerts({ state: 'cleared' })).toMatchObject([
        { id: alert!.id, state: 'cleared' },
      ])
      const events = await eventsUntil(
        broker,
        lastSeq,
        ['alert.raised', 'alert.cleared'],
        ({ type }) => type === 'alert.cleared',
      )
      expect(
        events.map(({ type, queue, data }) => [type, queue, data['alertId'], data['alertType']]),
      ).toEqual([
        ['alert.raised', 'deep', alert!.id, 'HIGH_QUEUE_DEPTH'],
        ['alert.cleared', 'deep', alert!.id, 'HIGH_QUEUE_DEPTH'],
      ])
    })

    it('is not raised twice while it is open, and follows what it measures', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 2 })
      await fillQueue(broker, 'deep', 3)
      const [first] = await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      await fillQueue(broker, 'deep', 30)
      expect(await openAlerts(broker, 'HIGH_QUEUE_DEPTH')).toMatchObject([{ id: first!.id, value: 33 }])
    })

    it('is not raised again before its cool-down is over', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 0 })
      await fillQueue(broker, 'deep', 1)
      const [first] = await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      await broker.purgeQueue('deep')
      expect(await openAlerts(broker, 'HIGH_QUEUE_DEPTH')).toEqual([])
      await fillQueue(broker, 'deep', 1)
      fixture.advance(4 * MINUTE_MS)
      expect(await openAlerts(broker, 'HIGH_QUEUE_DEPTH')).toEqual([])
      fixture.advance(2 * MINUTE_MS)
      const [second] = await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      expect(second).toMatchObject({ queue: 'deep', state: 'active' })
      expect(second!.id).not.toBe(first!.id)
    })

    it('is acknowledged once, and open still', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { lastSeq } = await broker.overview()
      await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 0 })
      await fillQueue(broker, 'deep', 1)
      const [alert] = await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      const acknowledged = await broker.acknowledgeAlert(alert!.id)
      expect(acknowledged).toMatchObject({ id: alert!.id, state: 'acknowledged' })
      expect(await broker.acknowledgeAlert(alert!.id)).toEqual(acknowledged)
      expect(await broker.listAlerts({ state: 'active' })).toEqual([])
      expect(await broker.listAlerts({ state: 'acknowledged' })).toEqual([acknowledged])
      expect(await broker.listAlerts({})).toEqual([acknowledged])
      await broker.purgeQueue('deep')
      await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      const events = await eventsUntil(
        broker,
        lastSeq,
        ['alert.acknowledged', 'alert.cleared'],
        ({ type }) => type === 'alert.cleared',
      )
      expect(events.map(({ type }) => type)).toEqual(['alert.acknowledged', 'alert.cleared'])
    })

    it('that is not there cannot be acknowledged', async () => {
      await using fixture = await open()
      const details = await expectRefusal(fixture.broker.acknowledgeAlert('nope'), 'ALERT_NOT_FOUND')
      expect(details).toEqual({ alertId: 'nope' })
    })

    it('is cleared when its rule is turned off', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 0 })
      await fillQueue(broker, 'deep', 1)
      expect(await openAlerts(broker, 'HIGH_QUEUE_DEPTH')).toHaveLength(1)
      await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { isEnabled: false })
      expect(await broker.listAlerts({})).toEqual([])
    })

    it('stays in the history, newest first, page by page', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 0 })
      for (const queue of ['a', 'b', 'c']) {
        await fillQueue(broker, queue, 1)
        await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      }
      await broker.purgeQueue('a')
      await openAlerts(broker, 'HIGH_QUEUE_DEPTH')
      const first = await broker.alertHistory({ limit: 2 })
      expect(first.alerts.map(({ queue, state }) => [queue, state])).toEqual([
        ['c', 'active'],
        ['b', 'active'],
      ])
      const second = await broker.alertHistory({ limit: 2, cursor: first.next! })
      expect(second.alerts.map(({ queue, state }) => [queue, state])).toEqual([['a', 'cleared']])
      expect(second.next).toBeNull()
      await expectRefusal(broker.alertHistory({ limit: 0 }), 'INVALID_REQUEST')
      await expectRefusal(broker.alertHistory({ cursor: 'x' }), 'INVALID_REQUEST')
    })
  })

  describe('the broker raises', () => {
    it('HIGH_FAILURE_RATE when more than half of what finished failed, and enough finished', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const failing = { name: 'hopeless', queue: 'f' }
      await broker.submit([
        ...Array.from({ length: 5 }, () => failing),
        ...Array.from({ length: 5 }, () => ({ name: 'echo' })),
      ])
      await untilIdle(broker)
      expect(await openAlerts(broker, 'HIGH_FAILURE_RATE')).toEqual([])
      await untilFinal(broker, (await submitOne(broker, failing)).id)
      const [alert] = await openAlerts(broker, 'HIGH_FAILURE_RATE')
      expect(alert).toMatchObject({ severity: 'critical', queue: null, threshold: 0.5 })
      expect(alert!.value).toBeCloseTo(6 / 11)
    })

    it('TASK_TIMEOUT as one alert for a flood of one name, with their number', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const slow = { name: 'untilAborted', queue: 'slow', timeoutMs: 20, maxRetries: 0 }
      await broker.submit([slow, slow])
      await untilIdle(broker)
      expect(await openAlerts(broker, 'TASK_TIMEOUT')).toMatchObject([
        { severity: 'warning', queue: 'slow', name: 'untilAborted', count: 2 },
      ])
      await broker.submit([slow, slow, slow])
      await untilIdle(broker)
      expect(await openAlerts(broker, 'TASK_TIMEOUT')).toMatchObject([{ name: 'untilAborted', count: 5 }])
      fixture.advance(6 * MINUTE_MS)
      expect(await openAlerts(broker, 'TASK_TIMEOUT')).toEqual([])
    })

    it.runIf(has(open, 'externalWorkers'))(
      'LOW_WORKER_HEARTBEAT, then WORKER_DOWN, of a worker that fell silent, until it calls',
      async () => {
        await using fixture = await open()
        const { broker } = fixture
        const worker = await register(broker)
        // Far enough before each limit for a machine that is busy with other things.
        fixture.advance(100_000)
        expect(await openAlerts(broker, 'LOW_WORKER_HEARTBEAT')).toEqual([])
        fixture.advance(21_000)
        expect(await openAlerts(broker, 'LOW_WORKER_HEARTBEAT')).toMatchObject([
          { severity: 'warning', workerId: worker.id },
        ])
        fixture.advance(180_000)
        expect(await openAlerts(broker, 'WORKER_DOWN')).toMatchObject([
          { severity: 'critical', workerId: worker.id },
        ])
        expect(await openAlerts(broker, 'LOW_WORKER_HEARTBEAT')).toEqual([])
        await broker.heartbeat(worker.id)
        expect(await openAlerts(broker, 'WORKER_DOWN')).toEqual([])
      },
    )

    it.runIf(has(open, 'externalWorkers'))('nothing of a worker that drained and left', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const worker = await register(broker)
      await broker.drainWorker(worker.id)
      fixture.advance(10 * MINUTE_MS)
      expect(await openAlerts(broker, 'WORKER_DOWN')).toEqual([])
    })

    it('NO_ACTIVE_WORKERS when none takes tasks for a while, until one does', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [local] = await broker.listWorkers()
      expect(await openAlerts(broker, 'NO_ACTIVE_WORKERS')).toEqual([])
      await broker.setWorkerPaused(local!.id, true)
      expect(await openAlerts(broker, 'NO_ACTIVE_WORKERS')).toEqual([])
      fixture.advance(20_000)
      expect(await openAlerts(broker, 'NO_ACTIVE_WORKERS')).toMatchObject([{ severity: 'critical' }])
      await broker.setWorkerPaused(local!.id, false)
      expect(await openAlerts(broker, 'NO_ACTIVE_WORKERS')).toEqual([])
    })
  })
}
