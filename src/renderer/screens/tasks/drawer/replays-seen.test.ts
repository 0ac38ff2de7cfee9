import { describe, expect, it } from 'vitest'
import { anEvent } from '../task-fixture.ts'
import { noteReplays } from './replays-seen.ts'

describe('the tasks that repeat another', () => {
  it('are remembered once each, in the order they came', () => {
    const first = anEvent('task.replayed', { taskId: 'b', data: { replayOf: 'a' } })
    const second = anEvent('task.replayed', { taskId: 'c', data: { replayOf: 'a' } })
    expect(noteReplays(noteReplays({}, [first]), [first, second])).toEqual({ a: ['b', 'c'] })
  })

  it('are the same object while nothing is run again', () => {
    const seen = { a: ['b'] }
    expect(noteReplays(seen, [anEvent('task.submitted'), anEvent('task.claimed')])).toBe(seen)
  })
})
