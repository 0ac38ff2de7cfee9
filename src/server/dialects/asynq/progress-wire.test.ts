import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaskState } from '../../../shared/domain/state.ts'
import type { ProgressEntry, Task } from '../../../shared/domain/task.ts'
import { compareStreamIds, parseStreamStart, toRecord, toRecords } from './progress-wire.ts'

const entry = (streamId: string, fraction: number): ProgressEntry => ({
  streamId,
  fraction,
  stage: null,
  message: null,
  at: 1000,
  attempt: 1,
})
// Only what a record is made of.
const task = (state: TaskState, finishedAt: number | null, message?: string) =>
  ({
    id: 'id-1',
    state,
    finishedAt,
    updatedAt: 0,
    error: message === undefined ? null : { message },
  }) as unknown as Task

describe('a percentage', () => {
  it('is a whole number, 100 only when all is done', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.5, max: 1.5, noNaN: true }), (fraction) => {
        const { percentage } = toRecord('id-1', entry('1-0', fraction))
        expect(Number.isInteger(percentage)).toBe(true)
        expect(percentage).toBeGreaterThanOrEqual(0)
        expect(percentage).toBeLessThanOrEqual(100)
        expect(percentage === 100).toBe(fraction >= 1)
      }),
    )
    expect(toRecord('id-1', entry('1-0', 0.29)).percentage).toBe(29)
  })
})

describe('the records of a task', () => {
  it('have none that is final while it runs', () => {
    expect(toRecords(task('running', null), [entry('1-0', 1)])).toMatchObject([
      { percentage: 100, status: null },
    ])
  })

  it('end with its last entry when that says that all is done', () => {
    expect(toRecords(task('succeeded', 5000), [entry('1-0', 0.5), entry('2-0', 1)])).toMatchObject([
      { streamId: '1-0', status: null },
      { streamId: '2-0', status: 'completed' },
    ])
  })

  it.each([
    ['succeeded', 100, 'completed', 'Done'],
    ['failed', 30, 'failed', 'broken'],
    ['timed_out', 30, 'failed', 'broken'],
    ['cancelled', 30, 'cancelled', 'Cancelled'],
  ] as const)('end with how it ended otherwise: %s', (state, percentage, status, message) => {
    const records = toRecords(task(state, 5000, 'broken'), [entry('1000-0', 0.3)])

    expect(records).toMatchObject([
      { status: null },
      { streamId: '5000-0', percentage, status, stage: status, message },
    ])
  })

  it('are one when it ended without a word', () => {
    expect(toRecords(task('cancelled', 5000), [])).toMatchObject([
      { streamId: '5000-0', percentage: 0, status: 'cancelled' },
    ])
  })

  it('are in order, also when the clock went back', () => {
    const records = toRecords(task('failed', 4000), [entry('9000-3', 0.3)])

    expect(records.map(({ streamId }) => streamId)).toEqual(['9000-3', '9000-4'])
  })
})

describe('stream ids', () => {
  it('are ordered by their numbers, not as text', () => {
    const ids = ['10-0', '9-10', '9-9', '9', '100-0']

    expect(ids.toSorted(compareStreamIds)).toEqual(['9', '9-9', '9-10', '10-0', '100-0'])
  })

  it.each([
    ['0', { kind: 'beginning' }],
    ['-', { kind: 'beginning' }],
    ['$', { kind: 'now' }],
    ['17-0', { kind: 'id', id: '17-0' }],
    ['17', { kind: 'id', id: '17' }],
    ['+', null],
    ['17-', null],
    ['-1', null],
    ['1e3', null],
    ['9'.repeat(16), null],
  ])('%s is understood as %j', (text, start) => {
    expect(parseStreamStart(text)).toEqual(start)
  })
})
