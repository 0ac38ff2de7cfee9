import { describe, expect, it } from 'vitest'
import { aTask, T } from '../task-fixture.ts'
import { detailOf } from './row-detail.ts'

const error = { type: 'TypeError', message: 'first line\nsecond', traceback: null, cause: null }

describe('the words beside a task’s name', () => {
  it('are how far a running task is', () => {
    const progress = { fraction: 0.999, stage: 'writing', message: '', at: T }
    expect(detailOf(aTask({ state: 'running', progress }))).toBe('99 % · writing')
    expect(detailOf(aTask({ state: 'running' }))).toBeNull()
  })

  it('are why a task died or has to try again, on one line', () => {
    expect(detailOf(aTask({ state: 'failed', error }))).toBe('TypeError: first line')
    expect(detailOf(aTask({ state: 'retrying', error }))).toBe('TypeError: first line')
  })

  it('are none where the state says it all', () => {
    expect(detailOf(aTask({ state: 'succeeded', error }))).toBeNull()
    expect(detailOf(aTask())).toBeNull()
  })
})
