import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonBody } from './read-json-body.ts'
import { HttpRefusal } from './refusal.ts'

describe('the JSON of a body', () => {
  it('is the same text again, whatever it says', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        expect(JSON.stringify(readJsonBody(Buffer.from(text)))).toBe(text)
      }),
    )
  })

  it('keeps every digit of an integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), (integer) => {
        expect(JSON.stringify(readJsonBody(Buffer.from(`[${integer}]`)))).toBe(`[${integer}]`)
      }),
    )
  })

  it('is undefined when the body is empty', () => {
    expect(readJsonBody(Buffer.alloc(0))).toBeUndefined()
  })

  it('is refused when a number of it is not finite, and only then', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 250n }),
        fc.integer({ min: 0, max: 400 }),
        (mantissa, exponent) => {
          const text = `{"a":[${mantissa}E${exponent}]}`
          const read = () => readJsonBody(Buffer.from(text))
          if (Number.isFinite(Number(`${mantissa}E${exponent}`))) expect(read).not.toThrow()
          else expect(read).toThrow(HttpRefusal)
        },
      ),
    )
  })

  it('is not refused for text that looks like such a number', () => {
    expect(readJsonBody(Buffer.from('{"a":"1e999"}'))).toEqual({ a: '1e999' })
  })

  it.each([' ', '{', '[1,]', "{'a':1}", 'undefined', '\u{feff}{}', '01', '1e', '"\n"'])(
    'is refused when it is %j',
    (text) => {
      expect(() => readJsonBody(Buffer.from(text))).toThrow(HttpRefusal)
    },
  )
})
