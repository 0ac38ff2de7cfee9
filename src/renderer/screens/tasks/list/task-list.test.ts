import { describe, expect, it } from 'vitest'
import { aTask, anEvent, T } from '../task-fixture.ts'
import {
  appendPage,
  applyEvents,
  countNew,
  listOfPage,
  markDeleted,
  mergeFirstPage,
  rowOf,
  updateRow,
  type TaskList,
} from './task-list.ts'

const page = (ids: readonly string[], next: string | null = null) => ({
  tasks: ids.map((id) => aTask({ id })),
  next,
})
const ids = (list: TaskList) => list.rows.map(({ id }) => id)

/** The index is what everything stands on: it names the place of each row, and nothing else. */
function expectIndexed(list: TaskList) {
  expect([...list.index]).toEqual(list.rows.map(({ id }, place) => [id, place]))
}

describe('the list of tasks', () => {
  it('grows at its end page by page, and never holds a task twice', () => {
    const list = appendPage(listOfPage(page(['e', 'd'], 'd')), page(['d', 'c', 'b'], 'b'))
    expect(ids(list)).toEqual(['e', 'd', 'c', 'b'])
    expect(list.next).toBe('b')
    expectIndexed(list)
  })

  it('keeps saying that a row is deleted while more rows come', () => {
    const list = appendPage(markDeleted(listOfPage(page(['c', 'b'], 'b')), 'c'), page(['a']))
    expect(list.deleted).toEqual(new Set(['c']))
  })

  it('changes rows in place, whatever happens to them', () => {
    const before = listOfPage(page(['c', 'b', 'a']))
    const after = applyEvents(before, [
      anEvent('task.claimed', { taskId: 'b', data: { attempt: 1 } }),
      anEvent('task.succeeded', { taskId: 'b' }),
      anEvent('task.deleted', { taskId: 'a' }),
    ])
    expect(ids(after)).toEqual(['c', 'b', 'a'])
    expect(rowOf(after, 'b')?.state).toBe('succeeded')
    expect(after.deleted).toEqual(new Set(['a']))
    expect(rowOf(after, 'c')).toBe(rowOf(before, 'c'))
  })

  it('is the same list after events that touch none of its rows', () => {
    const list = listOfPage(page(['a']))
    expect(
      applyEvents(list, [
        anEvent('task.claimed', { taskId: 'x' }),
        anEvent('queue.paused', { taskId: null }),
      ]),
    ).toBe(list)
  })

  it('lets a dead letter go that is run again', () => {
    const list = listOfPage({ tasks: [aTask({ id: 'a', state: 'failed', isDeadLetter: true })], next: null })
    const after = applyEvents(list, [anEvent('task.replayed', { taskId: 'b', data: { replayOf: 'a' } })])
    expect(rowOf(after, 'a')?.isDeadLetter).toBe(false)
  })
})

describe('a first page taken in anew', () => {
  it('brings new tasks on top and keeps what lies beyond it', () => {
    const list = appendPage(listOfPage(page(['d', 'c'], 'c')), page(['b', 'a']))
    const merged = mergeFirstPage(list, page(['e', 'd'], 'd'))
    expect(ids(merged)).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(merged.next).toBeNull()
    expectIndexed(merged)
  })

  it('drops what no longer belongs, and what was deleted', () => {
    const list = markDeleted(appendPage(listOfPage(page(['d', 'c'], 'c')), page(['b', 'a'])), 'a')
    const merged = mergeFirstPage(list, page(['d', 'b'], 'b'))
    expect(ids(merged)).toEqual(['d', 'b'])
    expect(merged.deleted.size).toBe(0)
  })

  it('starts over where it leaves a gap to the rows beyond', () => {
    const list = listOfPage(page(['b', 'a'], 'a'))
    const merged = mergeFirstPage(list, page(['z', 'y'], 'y'))
    expect(ids(merged)).toEqual(['z', 'y'])
    expect(merged.next).toBe('y')
  })

  it('is the whole list when nothing follows it', () => {
    expect(ids(mergeFirstPage(listOfPage(page(['c', 'b', 'a'])), page(['a'])))).toEqual(['a'])
  })

  it('does not set back a row that events have taken further meanwhile', () => {
    const list = applyEvents(listOfPage(page(['a'])), [anEvent('task.claimed', { taskId: 'a' })])
    expect(rowOf(mergeFirstPage(list, page(['a'])), 'a')?.state).toBe('running')
  })

  it('tells how many of its tasks are new', () => {
    expect(countNew(listOfPage(page(['b', 'a'])), page(['d', 'c', 'b']))).toBe(2)
  })
})

describe('a single task asked again', () => {
  const list = listOfPage({ tasks: [aTask({ id: 'a', state: 'running', updatedAt: T + 10 })], next: null })

  it('takes the place of its row when it is newer', () => {
    const task = aTask({ id: 'a', state: 'succeeded', updatedAt: T + 20 })
    expect(rowOf(updateRow(list, task), 'a')?.state).toBe('succeeded')
  })

  it('wins within the same millisecond when it has finished', () => {
    const task = aTask({ id: 'a', state: 'cancelled', updatedAt: T + 10 })
    expect(rowOf(updateRow(list, task), 'a')?.state).toBe('cancelled')
  })

  it('changes nothing when it is older or not listed', () => {
    expect(updateRow(list, aTask({ id: 'a', updatedAt: T }))).toBe(list)
    expect(updateRow(list, aTask({ id: 'z' }))).toBe(list)
  })
})
