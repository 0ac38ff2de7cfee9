import { describe, expect, it } from 'vitest'
import { aTask, anEvent, T } from '../task-fixture.ts'
import { applyTaskEvent } from './apply-task-event.ts'

const running = aTask({ state: 'running', attempt: 1, workerId: 'w1', claimedAt: T, startedAt: T })

describe('a row of the list', () => {
  it('lives through a whole attempt by events alone', () => {
    const claimed = applyTaskEvent(aTask(), anEvent('task.claimed', { workerId: 'w1', data: { attempt: 1 } }))
    expect(claimed).toMatchObject({ state: 'running', attempt: 1, workerId: 'w1', startedAt: null })

    const started = applyTaskEvent(claimed, anEvent('task.started', { at: T + 1005, data: { attempt: 1 } }))
    expect(started).toMatchObject({ state: 'running', workerId: 'w1', startedAt: T + 1005 })

    const halfway = applyTaskEvent(
      started,
      anEvent('task.progress', { at: T + 1500, data: { fraction: 0.5, stage: 'reading', message: null } }),
    )
    expect(halfway.progress).toEqual({ fraction: 0.5, stage: 'reading', message: null, at: T + 1500 })

    const done = applyTaskEvent(halfway, anEvent('task.succeeded', { at: T + 2000, data: { runMs: 995 } }))
    expect(done).toMatchObject({ state: 'succeeded', finishedAt: T + 2000, updatedAt: T + 2000 })
  })

  it('becomes a dead letter with its error when it fails', () => {
    const error = { type: 'TypeError', message: 'no' }
    expect(applyTaskEvent(running, anEvent('task.failed', { data: { error } }))).toMatchObject({
      state: 'failed',
      isDeadLetter: true,
      finishedAt: T + 1000,
      error: { ...error, traceback: null, cause: null },
    })
    expect(applyTaskEvent(running, anEvent('task.timed_out'))).toMatchObject({
      state: 'timed_out',
      isDeadLetter: true,
    })
  })

  it('waits for its next attempt without a worker', () => {
    const event = anEvent('task.retrying', { data: { state: 'retrying', runAt: T + 9000, attempt: 1 } })
    expect(applyTaskEvent(running, event)).toMatchObject({
      state: 'retrying',
      runAt: T + 9000,
      workerId: null,
      startedAt: null,
      claimedAt: null,
    })
  })

  it('is pending again when its worker was lost, and when its time has come', () => {
    const lost = anEvent('task.retrying', { data: { state: 'pending', runAt: T + 1000 } })
    expect(applyTaskEvent(running, lost).state).toBe('pending')
    const due = anEvent('task.scheduled', { data: { state: 'pending', runAt: T + 900 } })
    expect(applyTaskEvent(aTask({ state: 'scheduled' }), due)).toMatchObject({
      state: 'pending',
      runAt: T + 900,
    })
  })

  it('is not set back by an event from before the broker was asked', () => {
    const fetched = aTask({ state: 'running', updatedAt: T + 5000 })
    expect(applyTaskEvent(fetched, anEvent('task.retrying'))).toBe(fetched)
  })

  it('does not change once it has finished, within one millisecond neither', () => {
    const finished = aTask({ state: 'succeeded', updatedAt: T + 1000 })
    expect(applyTaskEvent(finished, anEvent('task.claimed'))).toBe(finished)
  })

  it('stays the same object for events that say nothing about it', () => {
    for (const type of ['task.log', 'task.submitted', 'task.replayed', 'queue.paused'] as const)
      expect(applyTaskEvent(running, anEvent(type))).toBe(running)
  })

  it('is not harmed by data that is not as promised', () => {
    const odd = anEvent('task.retrying', {
      data: { state: 'melting', runAt: 'soon', error: 7, attempt: null },
    })
    expect(applyTaskEvent(running, odd)).toMatchObject({
      state: 'retrying',
      runAt: T,
      attempt: 1,
      error: null,
    })
  })
})
