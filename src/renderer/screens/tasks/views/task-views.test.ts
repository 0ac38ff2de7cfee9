import { describe, expect, it } from 'vitest'
import { DEFAULT_COLUMNS } from '../list/task-columns.ts'
import { parseTasksSearch } from '../tasks-search.ts'
import { filtersOf, isShown, nameProblem, readViews, READY_VIEWS, roomProblem, viewOf } from './task-views.ts'

const search = parseTasksSearch({
  state: 'failed',
  queue: 'emails',
  finished: '24h',
  order: 'oldest',
  task: 'x',
})
const view = viewOf('  My failures ', search, ['queue', 'worker'])

describe('a view of the tasks', () => {
  it('keeps filters, order and columns, not what is open', () => {
    expect(view.name).toBe('My failures')
    expect(view.filters).toMatchObject({ state: 'failed', queue: 'emails', finished: '24h' })
    expect(view.order).toBe('oldest')
    expect('task' in view.filters).toBe(false)
  })

  it('is shown while nothing of it is changed', () => {
    expect(isShown(view, { ...search, task: 'y' }, ['queue', 'worker'])).toBe(true)
    expect(isShown(view, { ...search, queue: undefined }, ['queue', 'worker'])).toBe(false)
    expect(isShown(view, { ...search, order: undefined }, ['queue', 'worker'])).toBe(false)
    expect(isShown(view, search, DEFAULT_COLUMNS)).toBe(false)
  })

  it('is read again as it was stored', () => {
    expect(readViews(JSON.parse(JSON.stringify([view])))).toEqual([view])
  })

  it('is read without what is not understood', () => {
    expect(
      readViews([
        {
          name: 'odd',
          filters: { state: 'melting', queue: 'no such name!', finished: 'soon' },
          order: 7,
          columns: ['id', 'x'],
        },
        { name: '' },
        { filters: {} },
        'text',
        null,
      ]),
    ).toEqual([{ name: 'odd', filters: filtersOf(parseTasksSearch({})), order: undefined, columns: ['id'] }])
    expect(readViews('not a list')).toBeNull()
    expect(readViews(Array.from({ length: 80 }, () => view))).toHaveLength(50)
  })

  it('has a name of its own', () => {
    expect(nameProblem(' ', [])).toContain('Say')
    expect(nameProblem('x'.repeat(61), [])).toContain('60')
    expect(nameProblem('my FAILURES', [view])).toContain('Another')
    expect(nameProblem('Others', [view])).toBeNull()
    expect(roomProblem(Array.from({ length: 50 }, () => view))).toContain('50')
  })
})

it('the views that are there from the start say the same as their addresses', () => {
  for (const { filters, order } of READY_VIEWS)
    expect(filtersOf(parseTasksSearch({ ...filters, order }))).toEqual(filters)
})
