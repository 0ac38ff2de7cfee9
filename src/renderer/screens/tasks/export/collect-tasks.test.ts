import { describe, expect, it } from 'vitest'
import { aTask } from '../task-fixture.ts'
import { collectTasks } from './collect-tasks.ts'

const tasks = Array.from({ length: 5 }, (_, index) => aTask({ id: `t${index}` }))
/** Two at a time, whatever is asked for. */
const list = ({ cursor = '0' }: { readonly cursor?: string }) => {
  const at = Number(cursor)
  return Promise.resolve({
    tasks: tasks.slice(at, at + 2),
    next: at + 2 < tasks.length ? String(at + 2) : null,
  })
}
const collect = async (options: Partial<Parameters<typeof collectTasks>[0]>) => {
  const { parts, ...rest } = await collectTasks({ format: 'json', secretWords: [], list, ...options })
  return { ...rest, text: parts.join('') }
}

describe('a list taken out of the window', () => {
  it('is read to its end, page after page', async () => {
    const { text, ...rest } = await collect({})
    expect(rest).toEqual({ count: 5, isCut: false })
    expect(JSON.parse(text).map(({ id }: { id: string }) => id)).toEqual(['t0', 't1', 't2', 't3', 't4'])
  })

  it('ends at a limit, says so, and is whole as far as it goes', async () => {
    const { text, ...rest } = await collect({ maxCount: 3 })
    expect(rest).toEqual({ count: 3, isCut: true })
    expect(JSON.parse(text)).toHaveLength(3)
    expect((await collect({ maxLength: 1 })).count).toBe(1)
    expect(await collect({ maxCount: 5 })).toMatchObject({ count: 5, isCut: false })
  })

  it('is well formed when there is nothing', async () => {
    const none = () => Promise.resolve({ tasks: [], next: null })
    expect(JSON.parse((await collect({ list: none })).text)).toEqual([])
    expect((await collect({ format: 'csv' })).text.match(/id,name,state/g)).toHaveLength(1)
  })
})
