import { describe, expect, it } from 'vitest'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import {
  countTicked,
  NOTHING_TICKED,
  tasksByQueue,
  toggleAllGroups,
  toggleGroup,
  toggleTask,
  type TickedTask,
} from './dead-selection.ts'

const group = (fingerprint: string, count: number) => ({ fingerprint, count }) as FailureGroup
const shown = [group('smtp', 3), group('disk', 5)]
const task = (id: string, fingerprint = 'smtp', queue = 'mail'): TickedTask => ({ id, queue, fingerprint })
const loaded = [task('a'), task('b'), task('c')]

describe('what is ticked among dead letters', () => {
  it('counts whole groups and single tasks of others', () => {
    const selection = toggleTask(toggleGroup(NOTHING_TICKED, 'disk'), task('a'), loaded)
    expect(countTicked(selection, shown)).toBe(6)
  })

  it('swallows the single tasks of a group that is ticked whole', () => {
    const one = toggleTask(NOTHING_TICKED, task('a'), loaded)
    expect(countTicked(toggleGroup(one, 'smtp'), shown)).toBe(3)
  })

  it('keeps the other tasks of a group when one of them is let go', () => {
    const selection = toggleTask(toggleGroup(NOTHING_TICKED, 'smtp'), task('b'), loaded)
    expect([...selection.tasks.keys()]).toEqual(['a', 'c'])
    expect(selection.groups.size).toBe(0)
  })

  it('is all of it, or nothing', () => {
    const all = toggleAllGroups(NOTHING_TICKED, shown)
    expect(countTicked(all, shown)).toBe(8)
    expect(toggleAllGroups(all, shown)).toBe(NOTHING_TICKED)
  })

  it('does not count a group that is gone', () => {
    expect(countTicked(toggleGroup(NOTHING_TICKED, 'gone'), shown)).toBe(0)
  })

  it('is sorted by queue, as the broker deals with one at a time', () => {
    let selection = toggleTask(NOTHING_TICKED, task('a'), loaded)
    selection = toggleTask(selection, task('x', 'disk', 'images'), [])
    selection = toggleTask(selection, task('b'), loaded)
    expect([...tasksByQueue(selection)]).toEqual([
      ['mail', ['a', 'b']],
      ['images', ['x']],
    ])
  })
})
