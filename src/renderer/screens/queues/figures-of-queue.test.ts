import { describe, expect, it } from 'vitest'
import type { TaskState } from '../../../shared/domain/state.ts'
import { queueOf } from '../overview/queue-fixture.ts'
import { figuresOfQueue } from './figures-of-queue.ts'

const NOW = 1_000_000

type Options = Parameters<typeof figuresOfQueue>[1]

const figures = (queue: ReturnType<typeof queueOf>, options: Partial<Options> = {}) =>
  Object.fromEntries(
    figuresOfQueue(queue, {
      stats: undefined,
      now: NOW,
      untold: [],
      isCountTold: () => true,
      ...options,
    }).map(({ label, value, note }) => [label, [value, note]]),
  )

describe('the figures of a queue', () => {
  const waiting = queueOf({
    consumers: 0,
    counts: { pending: 7, scheduled: 2, running: 1 },
    oldestPendingAt: NOW - 9000,
    deadLetters: 3,
  })

  it('say how it is doing, and that nobody takes from it', () => {
    expect(figures(waiting)).toEqual({
      Pending: ['7', '2 scheduled, 0 retrying'],
      Running: ['1', 'no workers'],
      'Oldest waits': ['9 s', 'counted from when it was due'],
      'Out per second': ['0', '0 in, last minute'],
      Succeeded: ['–', 'of 0 in this period'],
      'Dead letters': ['3', 'nobody has dealt with'],
    })
  })

  it('have nothing in the place of what the broker does not tell', () => {
    const isCountTold = (state: TaskState) => state !== 'scheduled'
    const untold = [
      'consumers',
      'oldestPendingAt',
      'throughputPerSecond',
      'submittedPerSecond',
      'deadLetters',
    ] as const
    expect(figures(waiting, { untold, isCountTold, stats: null })).toEqual({
      Pending: ['7', '0 retrying'],
      Running: ['1', null],
      'Oldest waits': [null, 'counted from when it was due'],
      'Out per second': [null, null],
      Succeeded: [null, null],
      'Dead letters': [null, 'nobody has dealt with'],
    })
    expect(figures(waiting, { isCountTold: () => false })).toMatchObject({
      Pending: [null, null],
      Running: [null, 'no workers'],
    })
  })
})
