import { describe, expect, it } from 'vitest'
import type { RunningTask, Worker } from '../../../shared/domain/worker.ts'
import { countByStatus, isSilent, matchesText, nameOf, runningText, slotsOf } from './worker-words.ts'

const running = (...names: readonly string[]): readonly RunningTask[] =>
  names.map((name, index) => ({ taskId: `task-${index}`, name, queue: 'default', startedAt: 0 }))
const workerOf = (fields: Partial<Worker>): Worker => ({
  id: 'local',
  number: 1,
  kind: 'local',
  hostname: 'laptop',
  pid: 7,
  status: 'active',
  declaredStatus: 'active',
  queues: null,
  names: null,
  concurrency: 3,
  running: [],
  succeeded: 0,
  failed: 0,
  meanRunMs: null,
  startedAt: 0,
  lastHeartbeatAt: 0,
  updatedAt: 0,
  ...fields,
})

describe('the slots of a worker', () => {
  it('are busy, and free or closed besides', () => {
    expect(slotsOf(workerOf({ running: running('a') }))).toEqual(['busy', 'free', 'free'])
    expect(slotsOf(workerOf({ running: running('a'), status: 'draining' }))).toEqual([
      'busy',
      'closed',
      'closed',
    ])
  })

  it('are as many as run, after it was made smaller', () => {
    expect(slotsOf(workerOf({ running: running('a', 'b'), concurrency: 1 }))).toEqual(['busy', 'busy'])
  })
})

describe('what a worker runs', () => {
  it('is told by name, most often first, and no more than fits', () => {
    expect(runningText(workerOf({ running: running('b', 'a', 'b', 'c', 'd') }))).toBe('b ×2, a, +2')
    expect(runningText(workerOf({ status: 'paused' }))).toBe('Nothing; it is paused')
  })
})

describe('a worker', () => {
  it('from elsewhere is called by its host and number', () => {
    expect(nameOf(workerOf({ kind: 'external', hostname: 'gpu', number: 4 }))).toBe('gpu #4')
    expect(nameOf(workerOf({ kind: 'external', hostname: 'gpu', number: 0 }))).toBe('gpu')
    expect(nameOf(workerOf({ id: 'extra' }))).toBe('extra')
  })

  it('from elsewhere is silent before it counts as offline; a local one never is', () => {
    expect(isSilent(workerOf({ kind: 'external' }), 14_999)).toBe(false)
    expect(isSilent(workerOf({ kind: 'external' }), 15_000)).toBe(true)
    expect(isSilent(workerOf({}), 1e9)).toBe(false)
  })

  it('is found by host, queue and what it runs', () => {
    const worker = workerOf({ queues: ['Mail'], running: running('send') })
    expect(['lap', 'MAIL', 'send', 'gone'].map((text) => matchesText(worker, text))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('is counted by its status', () => {
    expect(countByStatus([workerOf({}), workerOf({ status: 'offline' })])).toMatchObject({
      all: 2,
      active: 1,
      offline: 1,
      idle: 0,
    })
  })
})
