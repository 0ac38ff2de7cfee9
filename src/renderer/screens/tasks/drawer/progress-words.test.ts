import { describe, expect, it } from 'vitest'
import { TASK_STATES } from '../../../../shared/domain/state.ts'
import { aTask, T } from '../task-fixture.ts'
import { progressWords } from './task-progress.tsx'

const progress = { fraction: 0.4, stage: 'reading', message: 'row 4', at: T }

describe('the words over the progress bar', () => {
  it('are the handler’s own while it runs', () => {
    expect(progressWords(aTask({ state: 'running', startedAt: T, progress }))).toBe('reading: row 4')
    expect(progressWords(aTask({ state: 'succeeded', progress }))).toBe('reading: row 4')
  })

  it('say where a task ended that did not succeed', () => {
    expect(progressWords(aTask({ state: 'failed', progress }))).toBe('Ended at: reading: row 4')
  })

  it('say that it was asked to stop, and what it does meanwhile', () => {
    const asked = aTask({ state: 'running', startedAt: T, isCancelRequested: true })
    expect(progressWords(asked)).toBe('Asked to stop')
    expect(progressWords({ ...asked, progress })).toBe('Asked to stop; reading: row 4')
  })

  it('are there in every state, so that the place of the bar is never empty', () => {
    for (const state of TASK_STATES) expect(progressWords(aTask({ state }))).not.toBe('')
  })
})
