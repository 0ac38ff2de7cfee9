import { describe, expect, it } from 'vitest'
import type { Task } from '../../../../shared/domain/task.ts'
import { aTask, T } from '../task-fixture.ts'
import { whenOf, whenSentence, whenText } from './when.ts'

const text = (fields: Partial<Task>, afterMs: number) => whenText(whenOf(aTask(fields)), T + afterMs)

describe('the time column', () => {
  it.each<[string, Partial<Task>, number, string]>([
    ['since when a pending task waits', { state: 'pending' }, 4000, 'queued 4 s ago'],
    ['when a scheduled task runs', { state: 'scheduled', runAt: T + 28 * 60_000 }, 0, 'runs in 28 m'],
    ['when a retry comes', { state: 'retrying', runAt: T + 6400 }, 0, 'again in 6 s'],
    [
      'since when a task runs',
      { state: 'running', claimedAt: T, startedAt: T + 10 },
      1010,
      'started 1 s ago',
    ],
    ['since when a task is claimed', { state: 'running', claimedAt: T }, 2000, 'claimed 2 s ago'],
    ['when a task was paused', { state: 'paused', updatedAt: T }, 180_000, 'paused 3 m ago'],
    ['when a task died', { state: 'failed', finishedAt: T }, 12_000, 'died 12 s ago'],
    ['when a task ran out of time', { state: 'timed_out', finishedAt: T }, 60_000, 'died 1 m ago'],
    ['when a task finished', { state: 'succeeded', finishedAt: T }, 2000, '2 s ago'],
    ['when a task was cancelled', { state: 'cancelled', finishedAt: T }, 3_600_000, '1 h ago'],
  ])('says %s', (_what, fields, afterMs, expected) => {
    expect(text(fields, afterMs)).toBe(expected)
  })

  it('says for what a node of a workflow waits, because its time is not known', () => {
    const blocked = { state: 'scheduled', runAt: T, blockedBy: 2 } as const
    expect(text(blocked, 5000)).toBe('after 2 tasks')
    expect(whenSentence(whenOf(aTask(blocked)), T)).toBe('After 2 tasks')
  })

  it('calls what should have begun due, not past', () => {
    expect(text({ state: 'scheduled', runAt: T }, 5000)).toBe('due now')
    expect(text({ state: 'retrying', runAt: T }, 0)).toBe('due now')
  })

  it('never places the past in the future when the clocks differ', () => {
    expect(text({ state: 'succeeded', finishedAt: T + 3000 }, 0)).toBe('now')
  })

  it('reads as a sentence in the drawer', () => {
    expect(whenSentence(whenOf(aTask({ state: 'succeeded', finishedAt: T })), T + 2000)).toBe(
      'Finished 2 s ago',
    )
    expect(whenSentence(whenOf(aTask({ state: 'failed', finishedAt: T })), T + 2000)).toBe('Died 2 s ago')
  })
})
