import { describe, expect, it } from 'vitest'
import { isTaskId, matchEntries, type PaletteEntry } from './palette-entries.ts'

const entry = (title: string, keywords = ''): PaletteEntry => ({
  id: title,
  group: 'Actions',
  title,
  keywords,
  run: () => {},
})
const entries = [entry('Submit a task…', 'new enqueue'), entry('Use the dark theme'), entry('Tasks')]
const titles = (text: string) => matchEntries(entries, text).map((match) => match.entry.title)

describe('the palette', () => {
  it('shows everything while nothing is typed', () => {
    expect(titles(' ')).toHaveLength(3)
  })

  it('finds words in any order, also ones that only describe', () => {
    expect(titles('theme dark')).toEqual(['Use the dark theme'])
    expect(titles('enqueue')).toEqual(['Submit a task…'])
    expect(titles('nothing like it')).toEqual([])
  })

  it('says where the title matched', () => {
    expect(matchEntries(entries, 'TASK').map(({ range }) => range)).toEqual([
      [9, 13],
      [0, 4],
    ])
  })

  it('knows an id when it sees one', () => {
    expect(isTaskId(' 0199b2c4-7a1e-7c3d-9f00-aa117b02f9c4 ')).toBe(true)
    expect(isTaskId('7b02f9c4')).toBe(false)
  })
})
