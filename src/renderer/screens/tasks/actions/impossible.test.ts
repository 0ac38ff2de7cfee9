import { describe, expect, it } from 'vitest'
import { TASK_STATES, isFinal } from '../../../../shared/domain/state.ts'
import type { Capabilities } from '../../../../shared/domain/capabilities.ts'
import { impossibleFor, impossibleForAll } from './impossible.ts'

const known = { isDeleted: false, capabilities: null }

describe('what cannot be done to a task', () => {
  it.each(TASK_STATES)('follows what the broker refuses: %s', (state) => {
    const impossible = impossibleFor({ state }, known)
    expect(impossible.runAgain === null).toBe(isFinal(state))
    expect(impossible.cancel === null).toBe(!isFinal(state))
    expect(impossible.delete === null).toBe(state !== 'running')
  })

  it('comes with a reason in words', () => {
    expect(impossibleFor({ state: 'retrying' }, known).runAgain).toBe(
      'It is retrying; it can run again when it has finished.',
    )
    expect(impossibleFor({ state: 'timed_out' }, known).cancel).toBe('It has already finished.')
  })

  it('is everything once it is deleted', () => {
    const {
      runAgain,
      cancel,
      delete: remove,
    } = impossibleFor({ state: 'failed' }, { ...known, isDeleted: true })
    expect(new Set([runAgain, cancel, remove])).toEqual(new Set(['It has been deleted.']))
  })

  it('is what the attached system lacks, with its own reason', () => {
    const capabilities = {
      submit: true,
      cancelRunning: { available: false, reason: 'This server cannot stop a task that runs.' },
    } as Partial<Capabilities> as Capabilities
    expect(impossibleFor({ state: 'running' }, { isDeleted: false, capabilities }).cancel).toBe(
      'This server cannot stop a task that runs.',
    )
    expect(impossibleFor({ state: 'pending' }, { isDeleted: false, capabilities }).cancel).toBeNull()
  })
})

describe('what cannot be done to many tasks', () => {
  it('is what cannot be done to any of them', () => {
    expect(impossibleForAll(['succeeded', 'failed'])).toMatchObject({
      runAgain: null,
      cancel: 'All of them have already finished.',
      delete: null,
    })
    expect(impossibleForAll(['running'])).toMatchObject({
      runAgain: 'None of them has finished yet.',
      cancel: null,
      delete: 'All of them are running; cancel them first.',
    })
  })

  it('is nothing when one of them allows each', () => {
    expect(impossibleForAll(['running', 'pending', 'cancelled'])).toEqual({
      runAgain: null,
      cancel: null,
      delete: null,
    })
  })
})
