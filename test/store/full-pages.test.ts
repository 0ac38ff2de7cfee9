import { describe, expect, it } from 'vitest'
import { createReader } from '../../src/server/local/store/reader.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { MAX_FULL_PAGE_CHARACTERS } from '../../src/shared/domain/limits.ts'
import { openWriter } from './open-writer.ts'

const NOW = 1_800_000_000_000
const LARGE = JSON.stringify({ text: 'x'.repeat(1_000_000) }) as JsonText

describe('a page of tasks with their input', () => {
  it('ends early when they are large, never empty, and goes on where it ended', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    const ids: string[] = []
    for (let index = 0; index < 20; index += 1) {
      const [receipt] = store.run('submit', { tasks: [{ name: 'large', kwargs: LARGE }], now: NOW }, NOW)
      ids.unshift(receipt!.id)
    }
    const most = Math.ceil(MAX_FULL_PAGE_CHARACTERS / LARGE.length)

    const seen: string[] = []
    let cursor: string | undefined
    const sizes: number[] = []
    do {
      const { tasks, next } = reader.listFullTasks({ cursor, limit: 1000 })
      sizes.push(tasks.length)
      seen.push(...tasks.map(({ id }) => id))
      cursor = next ?? undefined
    } while (cursor !== undefined)

    expect(seen).toEqual(ids)
    expect(sizes).toEqual([most, most, 20 - 2 * most])
    expect(reader.listTasks({ limit: 1000 }).tasks).toHaveLength(20)
  })
})
