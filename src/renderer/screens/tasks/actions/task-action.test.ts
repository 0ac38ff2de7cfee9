import { describe, expect, it } from 'vitest'
import type { BulkOutcome } from './run-bulk.ts'
import { outcomeSentence, skipReason, type TaskAction } from './task-action.ts'

const sentence = (action: TaskAction, outcome: Partial<BulkOutcome>) =>
  outcomeSentence(action, {
    done: new Map(),
    skipped: new Map(),
    failed: 0,
    failure: null,
    isStopped: false,
    ...outcome,
  })

describe('the toast after an action on many tasks', () => {
  it('says how many were done, left out and why', () => {
    expect(
      sentence('cancel', {
        done: new Map([
          ['cancelled', 1240],
          ['asked', 3],
        ]),
        skipped: new Map([['that had already finished', 2]]),
      }),
    ).toBe('Cancelled 1,240, asked 3 to stop, skipped 2 that had already finished')
  })

  it('says that nothing was done', () => {
    expect(sentence('delete', { skipped: new Map([['still running', 2]]) })).toBe(
      'Deleted none, skipped 2 still running',
    )
    expect(sentence('replay', {})).toBe('Nothing runs again')
  })

  it('says what failed, and that it was stopped', () => {
    expect(
      sentence('replay', {
        done: new Map([['replayed', 5]]),
        failed: 1,
        failure: 'The disk is full.',
        isStopped: true,
      }),
    ).toBe('Running 5 again, 1 failed: The disk is full, stopped before the rest')
  })
})

describe('a task that has to be left out', () => {
  it('is told from a failure by the refusal', () => {
    expect(skipReason('cancel', { code: 'INVALID_STATE' })).toBe('that had already finished')
    expect(skipReason('delete', { code: 'TASK_NOT_FOUND' })).toBe('no longer there')
    expect(skipReason('delete', { code: 'SERVICE_UNAVAILABLE' })).toBeNull()
  })
})
