import { describe, expect, it } from 'vitest'
import type { BulkOperation } from '../../../shared/domain/bulk-port.ts'
import { outcomeText, progressOf, progressText } from './bulk-words.ts'

const operation = (fields: Partial<BulkOperation>): BulkOperation => ({
  id: '1',
  action: 'cancel',
  query: {},
  priority: null,
  state: 'done',
  reason: null,
  matched: 400,
  done: 0,
  skipped: 0,
  reasons: {},
  createdAt: 0,
  finishedAt: null,
  ...fields,
})

describe('what is done to many tasks', () => {
  it('says how far it has come, and never more than there is', () => {
    expect(progressText(operation({ done: 100, skipped: 20 }))).toBe('Cancelling 120 of 400')
    expect(progressText(operation({ matched: null }))).toBe('Cancelling what matches')
    expect(progressOf(operation({ done: 300, skipped: 150 }))).toBe(1)
    expect(progressOf(operation({ matched: null }))).toBeNull()
  })

  it('says what came of it: done, skipped and why', () => {
    expect(outcomeText(operation({ action: 'retry', done: 1229, reasons: { ALREADY_REPLAYED: 2 } }))).toBe(
      'Running 1,229 again, skipped 2 that had been run again before',
    )
    expect(
      outcomeText(operation({ action: 'delete', done: 3, reasons: { INVALID_STATE: 1, TASK_NOT_FOUND: 4 } })),
    ).toBe('Deleted 3, skipped 1 that are still running, skipped 4 no longer there')
  })

  it('says that it was stopped, or why it failed', () => {
    expect(outcomeText(operation({ done: 5, state: 'cancelled' }))).toBe(
      'Cancelled 5, stopped before the rest',
    )
    expect(outcomeText(operation({ done: 5, state: 'failed', reason: 'the disk is full.' }))).toBe(
      'Cancelled 5, then it ended: the disk is full',
    )
  })
})
