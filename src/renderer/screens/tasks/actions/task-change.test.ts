import { describe, expect, it } from 'vitest'
import { TASK_STATES } from '../../../../shared/domain/state.ts'
import {
  allowsChange,
  changeSentence,
  changeSkipReason,
  impossibleChanges,
  undoWords,
} from './task-change.ts'

const outcome = { done: 0, skipped: new Map<string, number>(), failed: 0, failure: null, isStopped: false }

describe('a change of many tasks', () => {
  it('is possible where the broker allows it', () => {
    const allowing = (change: Parameters<typeof allowsChange>[1]) =>
      TASK_STATES.filter((state) => allowsChange(state, change))
    expect(allowing('pause')).toEqual(['scheduled', 'pending', 'running', 'retrying'])
    expect(allowing('resume')).toEqual(['paused'])
    expect(allowing('priority')).toEqual(['scheduled', 'pending', 'retrying', 'paused'])
  })

  it('is impossible, with its reason, only when it is so for all of them', () => {
    expect(impossibleChanges(['running', 'failed'])).toEqual({
      pause: null,
      resume: 'none is paused',
      priority: 'none waits',
    })
    expect(impossibleChanges(['paused', 'succeeded'])).toMatchObject({ resume: null, priority: null })
    expect(impossibleChanges(['succeeded']).pause).toBe('none waits or runs')
  })

  it('says what came of it in one sentence', () => {
    expect(changeSentence('resume', outcome)).toBe('Resumed none')
    expect(
      changeSentence('pause', {
        done: 1200,
        skipped: new Map([[changeSkipReason('pause', { code: 'INVALID_STATE' })!, 2]]),
        failed: 1,
        failure: 'The disk is full.',
        isStopped: true,
      }),
    ).toBe(
      'Paused 1,200, skipped 2 that were paused or had finished, 1 failed: The disk is full, stopped before the rest',
    )
  })

  it('counts what the broker refused for another reason as failed', () => {
    expect(changeSkipReason('priority', { code: 'INTERNAL' })).toBeNull()
  })
})

describe('the way back', () => {
  it('is open for what is ticked: what was done to each is known', () => {
    for (const change of ['pause', 'resume', 'priority'] as const)
      expect(undoWords({ change, count: 3, isAllMatching: false, already: null }).canUndo).toBe(true)
  })

  it('is closed where others could not be told apart, and that is said before', () => {
    const all = { count: 400, isAllMatching: true }
    expect(undoWords({ ...all, change: 'pause', already: 0 }).canUndo).toBe(true)
    expect(undoWords({ ...all, change: 'pause', already: 12 })).toEqual({
      canUndo: false,
      words: expect.stringContaining('12 tasks among them are paused already'),
    })
    expect(undoWords({ ...all, change: 'resume', already: 1 }).words).toContain(
      '1 task that would match is not',
    )
    expect(undoWords({ ...all, change: 'resume', already: null }).canUndo).toBe(false)
    expect(undoWords({ ...all, change: 'priority', already: 0 })).toEqual({
      canUndo: false,
      words: expect.stringContaining('cannot be undone'),
    })
  })
})
