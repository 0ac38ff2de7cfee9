import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlightJson } from './highlight-json.ts'

describe('colouring JSON while it is typed', () => {
  it('never changes a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        expect(
          highlightJson(source)
            .map(({ text }) => text)
            .join(''),
        ).toBe(source)
      }),
    )
  })

  it('tells keys from texts, numbers and words', () => {
    const kinds = highlightJson('{ "count" : -5e3, "ok": [true, "x"] }')
      .filter(({ text }) => text.trim() !== '')
      .map(({ kind, text }) => [kind, text])

    expect(kinds).toEqual([
      ['punctuation', '{'],
      ['key', '"count"'],
      ['punctuation', ':'],
      ['number', '-5e3'],
      ['punctuation', ','],
      ['key', '"ok"'],
      ['punctuation', ':'],
      ['punctuation', '['],
      ['literal', 'true'],
      ['punctuation', ','],
      ['string', '"x"'],
      ['punctuation', ']'],
      ['punctuation', '}'],
    ])
  })
})
