import { describe, expect, it } from 'vitest'
import { formsOf, toMatch } from './search-text.ts'

describe('a search text', () => {
  it('becomes its pieces of three letters, each quoted', () => {
    expect(toMatch('abcd')).toBe('("abc" AND "bcd")')
  })

  it('has no syntax: operators, quotes and stars are letters', () => {
    expect(toMatch('a OR')).toBe('("a O" AND " OR")')
    expect(toMatch('***')).toBe('("***")')
    expect(toMatch('a"b')).toBe(String.raw`("a""b") OR ("a\""" AND "\""b")`)
  })

  it('is also looked for as JSON writes it', () => {
    expect(formsOf('say "hi"')).toEqual(['say "hi"', String.raw`say \"hi\"`])
    expect(formsOf('plain')).toEqual(['plain'])
  })

  it('is too short for the index below three letters, counted in characters', () => {
    expect(toMatch('ab')).toBeNull()
    expect(toMatch('🙂🙂')).toBeNull()
    expect(toMatch('🙂🙂🙂')).toBe('("🙂🙂🙂")')
  })

  it('leaves out what no index could hold', () => {
    expect(toMatch('a\0bcd')).toBe(
      String.raw`("bcd") OR ("a\u" AND "\u0" AND "u00" AND "000" AND "00b" AND "0bc" AND "bcd")`,
    )
  })
})
