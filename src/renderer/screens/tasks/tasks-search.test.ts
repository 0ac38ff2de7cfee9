import { describe, expect, it } from 'vitest'
import { EVERYTHING } from '../../../shared/domain/capabilities.ts'
import type { StateCounts } from '../../../shared/domain/queue.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import { chipsOf, filterText } from './filter/filter-chips.ts'
import { countOfTab, LIFE_CYCLE_TABS, tabOfState, tabsOf } from './life-cycle-tabs.ts'
import { isFiltered, parseTasksSearch, toListQuery } from './tasks-search.ts'

const NOW = Date.UTC(2026, 10, 21, 12)

describe('the address of the Tasks page', () => {
  it('is read, and what it does not know is left out', () => {
    expect(
      parseTasksSearch({
        state: 'running',
        queue: 'payments',
        dead: true,
        text: 42,
        order: 'oldest',
        task: 'abc',
        tab: 'logs',
        colour: 'red',
      }),
    ).toEqual({
      state: 'running',
      queue: 'payments',
      name: undefined,
      dead: true,
      worker: undefined,
      parent: undefined,
      replay: undefined,
      error: undefined,
      submitted: undefined,
      started: undefined,
      finished: undefined,
      priority: undefined,
      attempts: undefined,
      text: '42',
      order: 'oldest',
      task: 'abc',
      tab: 'logs',
    })
  })

  it('never leads to a query that the broker refuses', () => {
    const search = parseTasksSearch({
      state: 'melting',
      queue: 'no such name!',
      name: 'x'.repeat(999),
      text: 'y'.repeat(999),
      dead: 'perhaps',
      order: 'sideways',
      submitted: 'lately',
      finished: '5..3',
      priority: '11',
      attempts: 'many',
      tab: 7,
      task: '',
    })
    expect(toListQuery(search, NOW, [])).toEqual({ name: 'x'.repeat(256), text: 'y'.repeat(256) })
    expect(search).toMatchObject({ tab: undefined, task: undefined })
  })

  it('lists timed-out tasks among the failed, and alone when asked to', () => {
    expect(toListQuery({ state: 'failed' }, NOW, [])).toEqual({ states: ['failed', 'timed_out'] })
    expect(toListQuery({ state: 'timed_out', dead: false }, NOW, [])).toEqual({
      states: ['timed_out'],
      isDeadLetter: false,
    })
  })

  it('says which times and numbers are meant, seen from now', () => {
    const search = parseTasksSearch({ submitted: '24h', started: '> 1h', priority: '>7', attempts: 1 })
    expect(search).toMatchObject({ submitted: '24h', started: '>1h', priority: '>=8', attempts: '1' })
    expect(toListQuery(search, NOW, [])).toEqual({
      createdAfter: NOW - 86_400_000,
      startedBefore: NOW - 3_600_000,
      minPriority: 8,
      minAttempt: 1,
      maxAttempt: 1,
    })
    const between = parseTasksSearch({ finished: '2026-11-20T10:00Z..2026-11-20T12:00Z' })
    expect(toListQuery(between, NOW, [])).toEqual({
      finishedAfter: Date.UTC(2026, 10, 20, 10),
      finishedBefore: Date.UTC(2026, 10, 20, 12),
    })
  })

  it('knows whether it leaves anything out', () => {
    expect(isFiltered({ order: 'oldest', task: 'x' })).toBe(false)
    expect(isFiltered({ dead: false })).toBe(true)
  })
})

describe('the tabs of the life cycle', () => {
  const counts = Object.fromEntries(TASK_STATES.map((state, index) => [state, 10 ** index])) as StateCounts

  it('have a place for every state, and count each once', () => {
    const tabs = new Set(TASK_STATES.map(tabOfState))
    for (const tab of tabs) expect(LIFE_CYCLE_TABS.map(({ value }) => value)).toContain(tab)
    const all = countOfTab('all', counts, EVERYTHING.coverage)
    const parts = LIFE_CYCLE_TABS.filter(({ value }) => value !== 'all')
    const sum = parts.reduce((total, { value }) => total + countOfTab(value, counts, EVERYTHING.coverage)!, 0)
    expect(sum + counts.paused).toBe(all)
  })

  it('show no number where the broker tells none, or tells it with those of another tab', () => {
    const { coverage } = EVERYTHING
    const some = { ...coverage, untold: { ...coverage.untold, counts: ['succeeded'] as const } }
    expect([countOfTab('succeeded', counts, some), countOfTab('all', counts, some)]).toEqual([null, null])
    expect(countOfTab('running', counts, some)).toBe(counts.running)

    const alike = { ...coverage, stateGroups: [['failed', 'timed_out', 'cancelled']] as const }
    expect(countOfTab('failed', counts, alike)).toBe(counts.failed + counts.timed_out + counts.cancelled)
    expect(countOfTab('cancelled', counts, alike)).toBeNull()
    expect(countOfTab('all', counts, alike)).toBe(countOfTab('all', counts, coverage))
  })
})

describe('the tabs of a server that has fewer words for states', () => {
  const groups = [['pending', 'scheduled', 'paused'], ['running'], ['failed', 'timed_out']] as const

  it('ask for everything that its word may mean, which it would refuse to take apart', () => {
    expect(toListQuery({ state: 'pending' }, NOW, groups)).toEqual({
      states: ['pending', 'scheduled', 'paused'],
    })
    expect(toListQuery({ state: 'failed' }, NOW, groups)).toEqual({ states: ['failed', 'timed_out'] })
    expect(toListQuery({ state: 'running' }, NOW, groups)).toEqual({ states: ['running'] })
  })

  it('are those that it has a word for', () => {
    const labels = tabsOf(groups).map(({ value }) => value)
    expect(labels).toEqual(['all', 'pending', 'running', 'retrying', 'succeeded', 'failed', 'cancelled'])
    expect(tabsOf([])).toEqual(LIFE_CYCLE_TABS)
  })
})

describe('the chips', () => {
  it('show the filters that no tab shows', () => {
    expect(chipsOf({ state: 'running', queue: 'payments', dead: true })).toEqual([
      { field: 'queue', value: 'payments', typed: 'payments' },
      { field: 'dead', value: 'true', typed: 'true' },
    ])
    expect(chipsOf({ state: 'paused' })).toEqual([{ field: 'state', value: 'paused', typed: 'paused' }])
    expect(chipsOf({ submitted: '24h', priority: '>=8' })).toEqual([
      { field: 'submitted', value: 'last 24 h', typed: '24h' },
      { field: 'priority', value: '>=8', typed: '>=8' },
    ])
  })

  it('are repeated as one would type them', () => {
    expect(filterText({ state: 'failed', name: 'nightly report', text: 'timeout' })).toBe(
      'state:failed name:"nightly report" timeout',
    )
  })
})
