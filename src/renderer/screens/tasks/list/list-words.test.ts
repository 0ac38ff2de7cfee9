import { describe, expect, it } from 'vitest'
import { newTasksText } from './new-tasks-button.tsx'
import { extentText } from './table-foot.tsx'

const extent = { loaded: 100, total: 31_402, hasMore: true, order: 'newest' } as const

describe('the words around the list', () => {
  it('say how much of it is here', () => {
    expect(extentText(extent)).toBe('First 100 of 31,402')
    expect(extentText({ ...extent, order: 'oldest' })).toBe('Oldest 100 of 31,402')
    expect(extentText({ ...extent, total: null })).toBe('First 100')
    expect(extentText({ ...extent, loaded: 1, hasMore: false })).toBe('1 task')
  })

  it('never say that there is less than what is here', () => {
    expect(extentText({ ...extent, total: 99 })).toBe('First 100 of 100')
  })

  it('count new tasks as far as they are counted', () => {
    expect(newTasksText(1)).toBe('1 new task')
    expect(newTasksText(14)).toBe('14 new tasks')
    expect(newTasksText(100)).toBe('100+ new tasks')
  })
})
