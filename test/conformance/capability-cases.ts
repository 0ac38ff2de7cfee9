import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { Capabilities } from '../../src/shared/domain/capabilities.ts'
import { NO_ARGS } from '../../src/shared/domain/json.ts'
import { expectRefusal } from './expect-refusal.ts'
import type { OpenBroker } from './open-broker.ts'

const LEASE = { taskId: 'x', leaseToken: 'y' }

/** Calls that need a capability. */
const CALLS: Partial<Record<keyof Capabilities, (broker: Broker) => readonly Promise<unknown>[]>> = {
  externalWorkers: (broker) => [
    broker.registerWorker({ hostname: 'x', concurrency: 1 }),
    broker.heartbeat('x'),
    broker.setWorkerStatus('x', 'active'),
    broker.leaseTasks('x', { limit: 1, leaseMs: 1000 }),
    broker.renewLeases('x', [LEASE], 1000),
    broker.startTask('x', LEASE),
    broker.reportProgress('x', LEASE, { fraction: 1 }),
    broker.writeLog('x', LEASE, []),
    broker.saveCheckpoint('x', LEASE, NO_ARGS),
    broker.completeTask('x', LEASE, NO_ARGS),
    broker.failTask('x', LEASE, { error: { type: 'E', message: 'm' } }),
    broker.releaseTask('x', LEASE),
  ],
}

export function capabilityCases(open: OpenBroker): void {
  describe('the capabilities', () => {
    it('are those that are there; what is lacking says why, and is refused when it is asked for', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const lacking = Object.entries(broker.capabilities).filter(([, capability]) => capability !== true)
      expect(lacking.map(([name]) => name).toSorted()).toEqual([...(open.lacks ?? [])].toSorted())
      for (const [name, capability] of lacking) {
        expect(capability).toMatchObject({ available: false, reason: expect.stringMatching(/.{10}/) })
        const calls = CALLS[name as keyof Capabilities]?.(broker) ?? []
        for (const call of calls) await expectRefusal(call, 'NOT_SUPPORTED')
      }
    })
  })
}
