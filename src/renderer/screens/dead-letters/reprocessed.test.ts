import { describe, expect, it } from 'vitest'
import type { BrokerEvent, EventType } from '../../../shared/domain/event.ts'
import { countReprocessed, followReprocessed } from './reprocessed.ts'

const event = (type: EventType, taskId: string): BrokerEvent => ({
  seq: 1,
  type,
  at: 0,
  taskId,
  queue: 'default',
  workerId: null,
  data: {},
})

describe('what came of tasks that were run again', () => {
  it('is counted from their beginning to their end', () => {
    const begun = followReprocessed(new Map(), [
      event('task.replayed', 'a'),
      event('task.replayed', 'b'),
      event('task.replayed', 'c'),
      event('task.started', 'a'),
    ])
    expect(countReprocessed(begun)).toMatchObject({ total: 3, underWay: 3 })
    const ended = followReprocessed(begun, [event('task.succeeded', 'a'), event('task.timed_out', 'b')])
    expect(countReprocessed(ended)).toEqual({ total: 3, succeeded: 1, failed: 1, cancelled: 0, underWay: 1 })
  })

  it('is none of other tasks, which change nothing', () => {
    const begun = followReprocessed(new Map(), [event('task.replayed', 'a')])
    expect(followReprocessed(begun, [event('task.failed', 'other')])).toBe(begun)
  })

  it('does not grow for ever', () => {
    const many = Array.from({ length: 20_010 }, (_, index) => event('task.replayed', String(index)))
    const kept = followReprocessed(new Map(), many)
    expect(kept.size).toBe(20_000)
    expect(kept.has('20009')).toBe(true)
    expect(kept.has('0')).toBe(false)
  })
})
