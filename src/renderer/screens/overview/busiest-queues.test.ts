import { describe, expect, it } from 'vitest'
import { DEFAULT_QUEUE_SETTINGS } from '../../../shared/domain/queue-settings.ts'
import { describeQueue, rankQueues } from './busiest-queues.ts'
import { queueOf } from './queue-fixture.ts'

describe('the busiest queues', () => {
  const names = (queues: Parameters<typeof rankQueues>[0]) => rankQueues(queues, 3).map(({ name }) => name)

  it('are those through which most flows, then those in which most waits', () => {
    const queues = [
      queueOf({ name: 'idle' }),
      queueOf({ name: 'full', counts: { pending: 500 } }),
      queueOf({ name: 'fast', submittedPerSecond: 30, throughputPerSecond: 28 }),
      queueOf({ name: 'slow', submittedPerSecond: 1, throughputPerSecond: 1 }),
    ]

    expect(names(queues)).toEqual(['fast', 'slow', 'full'])
  })

  it('keep their places while rates flicker', () => {
    const at = (rate: number) => queueOf({ name: 'a', submittedPerSecond: rate })
    const other = queueOf({ name: 'b', submittedPerSecond: 4 })

    expect(names([at(3.9), other])).toEqual(names([at(4.1), other]))
  })
})

describe('the line under a queue', () => {
  it('says first that nothing can run', () => {
    expect(describeQueue(queueOf({ consumers: 0 }), [])).toBe('No workers')
    expect(describeQueue(queueOf({ consumers: 0, isPaused: true }), [])).toBe('Paused')
    expect(describeQueue(queueOf({ consumers: 1 }), [])).toBe('1 slot')
  })

  it('names the limit that holds it back', () => {
    const settings = { ...DEFAULT_QUEUE_SETTINGS, concurrency: 8 }
    const rateLimit = { count: 30, perMs: 1000 }

    expect(describeQueue(queueOf({ settings }), [])).toBe('Limit 8 · 4 slots')
    expect(describeQueue(queueOf({ settings: { ...settings, rateLimit } }), [])).toBe('Limit 30/s · 4 slots')
  })

  it('does not claim anything of what the broker does not tell', () => {
    const unknown = queueOf({ consumers: 0, counts: { pending: 3 } })
    const limited = { ...unknown, settings: { ...DEFAULT_QUEUE_SETTINGS, concurrency: 8 } }

    expect(describeQueue(unknown, ['consumers'])).toBeNull()
    expect(describeQueue(limited, ['consumers'])).toBe('Limit 8')
    expect(describeQueue(limited, ['consumers', 'settings'])).toBeNull()
    expect(describeQueue({ ...limited, consumers: 4 }, ['settings'])).toBe('4 slots')
  })
})
