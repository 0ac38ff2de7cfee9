import { describe, expect, it } from 'vitest'
import { diffLines } from './diff-lines.ts'

const MARK = { same: ' ', added: '+', removed: '-' } as const
const diff = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => MARK[kind] + text)

describe('the difference of two texts', () => {
  it('is none where they are the same', () => {
    expect(diff('a\nb', 'a\nb')).toEqual([' a', ' b'])
  })

  it('shows a changed line as taken away and put in', () => {
    expect(diff('{\n  "ms": 5\n}', '{\n  "ms": 50\n}')).toEqual([' {', '-  "ms": 5', '+  "ms": 50', ' }'])
  })

  it('finds what has stayed between two changes', () => {
    expect(diff('a\nb\nc\nd', 'A\nb\nx\nc\nD')).toEqual(['-a', '+A', ' b', '+x', ' c', '-d', '+D'])
  })

  it('makes one out of the other, whatever they are', () => {
    const before = 'a\nb\na\nc\nb'
    const after = 'c\na\nb\nb\na'
    const lines = diffLines(before, after)
    const without = (kind: string) =>
      lines
        .filter((line) => line.kind !== kind)
        .map(({ text }) => text)
        .join('\n')
    expect(without('added')).toBe(before)
    expect(without('removed')).toBe(after)
  })

  it('does not hang on very long texts', () => {
    const long = (word: string) => Array.from({ length: 50_000 }, (_, index) => `${word}${index}`).join('\n')
    expect(diffLines(long('a'), long('b'))).toHaveLength(100_000)
  })
})
