import { describe, expect, it } from 'vitest'
import type { TaskState } from '../../shared/domain/state.ts'
import { isAlwaysTold, stateGroupsOf, statesLike } from './told-states.ts'

type Word = 'WAITING' | 'TAKEN' | 'BUSY' | 'OVER'

const ON_WIRE: Readonly<Record<TaskState, Word>> = {
  scheduled: 'WAITING',
  pending: 'WAITING',
  running: 'BUSY',
  retrying: 'WAITING',
  paused: 'WAITING',
  succeeded: 'OVER',
  failed: 'OVER',
  timed_out: 'OVER',
  cancelled: 'OVER',
}
const IN_DOMAIN: Readonly<Record<Word, TaskState>> = {
  WAITING: 'pending',
  TAKEN: 'running',
  BUSY: 'running',
  OVER: 'failed',
}

describe('the states that read the same on a wire', () => {
  const groups = stateGroupsOf(ON_WIRE, IN_DOMAIN)

  it('begin with the one that their word means, and two words of one meaning are one group', () => {
    expect(groups).toEqual([
      ['pending', 'scheduled', 'retrying', 'paused'],
      ['running'],
      ['failed', 'succeeded', 'timed_out', 'cancelled'],
    ])
  })

  it('are told apart only when all of them are asked for', () => {
    expect(statesLike('cancelled', groups)).toEqual(['failed', 'succeeded', 'timed_out', 'cancelled'])
    expect(isAlwaysTold('pending', ['pending', 'scheduled'], groups)).toBe(false)
    expect(isAlwaysTold('pending', ['pending', 'scheduled', 'retrying', 'paused'], groups)).toBe(true)
  })
})
