import { describe, expect, it } from 'vitest'
import { MAX_PRIORITY } from '../../../shared/domain/limits.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { fromTaskqueueState, TASKQUEUE_STATES, toTaskqueueState } from './states.ts'
import {
  naiveInstant,
  scheduledAtOf,
  toDomainPriority,
  toWirePriority,
  wirePriority,
  withScheduledAt,
} from './wire.ts'

describe('the states of taskqueue', () => {
  it('stand for every domain state once', () => {
    expect(TASKQUEUE_STATES.flatMap(fromTaskqueueState).toSorted()).toEqual(TASK_STATES.toSorted())
    for (const state of TASK_STATES) expect(fromTaskqueueState(toTaskqueueState(state))).toContain(state)
  })
})

describe('the priorities of taskqueue', () => {
  it.each([
    [1, 2],
    [2, 5],
    [3, 8],
    [4, 10],
  ])('%i is %i of the domain, and back', (level, priority) => {
    expect(toDomainPriority(level)).toBe(priority)
    expect(toWirePriority(priority)).toBe(level)
  })

  it('are the nearest level of what other dialects gave', () => {
    const levels = Array.from({ length: MAX_PRIORITY + 1 }, (_, priority) => toWirePriority(priority))
    expect(levels).toEqual([1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4])
  })

  it.each([
    [1, 1],
    ['LOW', 1],
    ['medium', 2],
    ['High', 3],
    ['CRITICAL', 4],
  ])('can be given as %j', (given, level) => {
    expect(wirePriority.parse(given)).toBe(level)
  })

  it.each([0, 5, 1.5, -1, 'URGENT', '', '2', null, true, [], {}])('cannot be given as %j', (given) => {
    expect(wirePriority.safeParse(given).error?.issues[0]?.message).toBe(
      'must be 1 to 4, or LOW, MEDIUM, HIGH or CRITICAL',
    )
  })
})

describe('the times of taskqueue', () => {
  it('are UTC without a zone', () => {
    expect(naiveInstant(Date.UTC(2023, 9, 1, 10))).toBe('2023-10-01T10:00:00')
    expect(naiveInstant(Date.UTC(2023, 9, 1, 10, 0, 0, 120))).toBe('2023-10-01T10:00:00.120')
  })

  const task = { metadata: {}, state: 'scheduled', runAt: 2000, createdAt: 1000 } as unknown as Task

  it('of a schedule stay as they were asked for, whatever became of the task', () => {
    const metadata = withScheduledAt({ team: 'a' }, 5000)
    expect(metadata).toEqual({ team: 'a', scheduled_at: '1970-01-01T00:00:05' })
    expect(scheduledAtOf({ ...task, metadata, state: 'retrying', runAt: 9000 })).toBe(5000)
    expect(withScheduledAt(metadata, null)).toEqual({ team: 'a' })
  })

  it('of a schedule are those of other dialects while it lies ahead', () => {
    expect(scheduledAtOf(task)).toBe(2000)
    expect(scheduledAtOf({ ...task, state: 'retrying' })).toBeNull()
    expect(scheduledAtOf({ ...task, runAt: 1000 })).toBeNull()
    expect(scheduledAtOf({ ...task, metadata: { scheduled_at: 'nonsense' } })).toBe(2000)
  })
})
