import { describe, expect, it } from 'vitest'
import { aTask } from '../task-fixture.ts'
import { targetMatching, targetTicked } from './task-targets.ts'

describe('what an action is about', () => {
  it('is the one task when only one is ticked', () => {
    const task = aTask({ state: 'running' })
    expect(targetTicked(new Set([task.id]), [task])).toMatchObject({ count: 1, only: task, running: 1 })
  })

  it('counts those that run, because they are cancelled in another way', () => {
    const rows = [aTask({ id: 'a', state: 'running' }), aTask({ id: 'b' }), aTask({ id: 'c' })]
    expect(targetTicked(new Set(['a', 'b', 'c']), rows)).toMatchObject({ count: 3, only: null, running: 1 })
  })

  it('reads everything that matches, page by page', async () => {
    const asked: (string | undefined)[] = []
    const targets = targetMatching({ queue: 'emails' }, 3, async ({ cursor, queue }) => {
      asked.push(cursor)
      expect(queue).toBe('emails')
      return cursor === undefined
        ? { tasks: [aTask({ id: 'a' }), aTask({ id: 'b' })], next: 'b' }
        : { tasks: [aTask({ id: 'c' })], next: null }
    })
    const ids: string[] = []
    for await (const id of targets.ids()) ids.push(id)
    expect(ids).toEqual(['a', 'b', 'c'])
    expect(asked).toEqual([undefined, 'b'])
  })

  it('is a filter of the broker only when everything is meant, in whatever order it is shown', () => {
    const list = async () => ({ tasks: [], next: null })
    expect(targetMatching({ queue: 'emails', order: 'oldest' }, 3, list).matching).toEqual({
      queue: 'emails',
    })
    expect(targetTicked(new Set(['a', 'b']), []).matching).toBeNull()
  })
})
