import { describe, expect, it } from 'vitest'
import type { Column } from './column.ts'
import { holdOrder, nextSort, sortRows } from './sort-rows.ts'

interface Row {
  readonly name: string
  readonly depth: number
}

const columns: readonly Column<Row>[] = [
  { id: 'name', header: 'Name', cell: () => null, sortBy: ({ name }) => name },
  { id: 'depth', header: 'Depth', isNumeric: true, cell: () => null, sortBy: ({ depth }) => depth },
  { id: 'note', header: 'Note', cell: () => null },
]
const rows: readonly Row[] = [
  { name: 'q10', depth: 1 },
  { name: 'q2', depth: 5 },
  { name: 'a', depth: 5 },
]
const names = (sorted: readonly Row[]) => sorted.map(({ name }) => name)

describe('sorting rows', () => {
  it('puts text in the order people count in, and numbers by size', () => {
    expect(names(sortRows(rows, columns, { column: 'name', isDescending: false }))).toEqual([
      'a',
      'q2',
      'q10',
    ])
    expect(names(sortRows(rows, columns, { column: 'depth', isDescending: true }))).toEqual([
      'q2',
      'a',
      'q10',
    ])
  })

  it('leaves rows as they came where a column cannot be sorted by', () => {
    expect(sortRows(rows, columns, { column: 'note', isDescending: true })).toBe(rows)
    expect(sortRows(rows, columns, { column: 'gone', isDescending: true })).toBe(rows)
    expect(sortRows(rows, columns, null)).toBe(rows)
  })

  it('begins with the largest number and the first letter, and turns round on the second click', () => {
    const [name, depth] = columns
    expect(nextSort(depth!, null)).toEqual({ column: 'depth', isDescending: true })
    expect(nextSort(name!, null)).toEqual({ column: 'name', isDescending: false })
    expect(nextSort(depth!, { column: 'depth', isDescending: true }).isDescending).toBe(false)
  })
})

describe('a held order', () => {
  it('keeps every row in its place, whatever it has become, and puts new ones last', () => {
    const now = [{ name: 'new', depth: 99 }, ...rows.toReversed()]
    expect(names(holdOrder(['q2', 'q10', 'gone', 'a'], now, ({ name }) => name))).toEqual([
      'q2',
      'q10',
      'a',
      'new',
    ])
  })
})
