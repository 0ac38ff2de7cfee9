import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFillSearch } from '../../src/server/local/search/fill-search.ts'
import { createReader, type Reader } from '../../src/server/local/store/reader.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { type OpenWriter, openWriter } from './open-writer.ts'
import { storeOn } from './store-on.ts'

const NOW = 1_800_000_000_000

const fill = (store: OpenWriter, reader: Reader) => createFillSearch(storeOn(store, reader, () => NOW)).run()

function submit(store: OpenWriter, ...notes: readonly string[]): readonly string[] {
  const tasks = notes.map((note) => ({ name: 'task', kwargs: JSON.stringify({ note }) as JsonText }))
  return store.run('submit', { tasks, now: NOW }, NOW).map(({ id }) => id)
}

const find = (reader: Reader, text: string) => reader.listTasks({ text }).tasks.map(({ id }) => id)
const countIndexed = ({ db }: OpenWriter) =>
  db.prepare('SELECT count(*) FROM task_search_docsize').pluck().get()

describe('the full-text index', () => {
  it('finds exactly what reading every task would, whether it has been filled or not', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', '"', '%', '_', '\\', ' ', 'é', '🙂', '\n'),
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 12 }), text, async (notes, wanted) => {
        fc.pre(wanted !== '')
        using store = await openWriter()
        const reader = createReader(store.db)
        const ids = submit(store, ...notes)
        const forms = [wanted, JSON.stringify(wanted).slice(1, -1)].map((form) => form.toLowerCase())
        const expected = ids
          .filter((_id, index) => {
            const fields = ['task', JSON.stringify({ note: notes[index] }), '[]', ids[index]!]
            return fields.some((field) => forms.some((form) => field.toLowerCase().includes(form)))
          })
          .toReversed()
        expect(find(reader, wanted)).toEqual(expected)
        await fill(store, reader)
        expect(find(reader, wanted)).toEqual(expected)
        expect(reader.countTasks({ text: wanted })).toBe(expected.length)
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('is asked once it is filled: nothing is left to be read besides', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    submit(store, ...Array.from({ length: 120 }, (_, n) => `note ${n}`))
    await fill(store, reader)
    expect(countIndexed(store)).toBe(120)
    expect(reader.searchChanges({ limit: 50 })).toMatchObject({ numbers: [], isLast: true })
    // Without the index there is nothing to find it by.
    store.db.exec("INSERT INTO task_search (task_search) VALUES ('delete-all')")
    expect(find(reader, 'note 7')).toEqual([])
  })

  it('takes up what changed, and forgets what is gone', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    const [changed, gone] = submit(store, 'former words', 'other words')
    await fill(store, reader)
    const kwargs = '{"note":"latter words"}' as JsonText
    store.run('updateTask', { id: changed!, changes: { kwargs }, now: NOW }, NOW)
    store.run('deleteTask', { id: gone!, now: NOW }, NOW)
    await fill(store, reader)
    expect(countIndexed(store)).toBe(1)
    expect(find(reader, 'former')).toEqual([])
    expect(find(reader, 'latter')).toEqual([changed])
  })

  it('misses nothing when more was logged than is kept before it was read', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    submit(store, 'early')
    await fill(store, reader)
    const lost = submit(store, ...Array.from({ length: 130 }, () => 'lost'))
    store.db.exec('DELETE FROM event_batches')
    const [late] = submit(store, 'late')
    await fill(store, reader)
    expect(find(reader, 'lost')).toEqual(lost.toReversed().slice(0, 100))
    expect(find(reader, 'late')).toEqual([late])
    expect(countIndexed(store)).toBe(132)
    expect(reader.searchChanges({ limit: 50 })).toMatchObject({ numbers: [], rescan: null, isLast: true })
  })

  it('goes on where it was cut off, in the middle of a large submit', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    submit(store, ...Array.from({ length: 100 }, (_, n) => `note ${n}.`))
    store.run('indexTasks', reader.searchChanges({ limit: 30 }), NOW)
    expect(countIndexed(store)).toBe(30)
    const next = createReader(store.db).searchChanges({ limit: 30 })
    expect(next.numbers).toEqual(Array.from({ length: 30 }, (_, n) => n + 31))
    expect(find(reader, 'note 3.')).toHaveLength(1)
    expect(find(reader, 'note 99.')).toHaveLength(1)
  })
})
