import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findJsonExcess,
  type Json,
  parseJson,
  parseJsonWithBigInts,
  stringifyWithBigInts,
  toJsonText,
} from './json.ts'

describe('JSON on its way through the broker', () => {
  it('keeps integers beyond 2^53 digit for digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (integer) => {
        const text = `{"a":[${integer}],"b":"${integer}"}`
        expect(toJsonText(parseJson(text))).toBe(text)
      }),
    )
  })

  it('is made of bigints where it is calculated with, and comes back digit for digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (integer) => {
        const text = `{"a":[${integer}],"b":"${integer}"}`
        const value = parseJsonWithBigInts(text) as { a: [number | bigint] }
        expect(BigInt(value.a[0])).toBe(integer)
        expect(typeof value.a[0]).toBe(Number.isSafeInteger(Number(integer)) ? 'number' : 'bigint')
        expect(stringifyWithBigInts(value)).toBe(text)
        expect(stringifyWithBigInts({ sum: integer })).toBe(`{"sum":${integer}}`)
      }),
    )
  })

  it('is refused for what is none, bigints or not', () => {
    const circle: unknown[] = [1n]
    circle.push(circle)
    expect(() => stringifyWithBigInts(circle)).toThrow(/circular/)
    expect(stringifyWithBigInts(() => 1n)).toBeUndefined()
    expect(stringifyWithBigInts(Symbol('x'))).toBeUndefined()
    const trap = {
      toJSON: () => {
        throw new SyntaxError('trap')
      },
    }
    expect(() => stringifyWithBigInts([trap])).toThrow(SyntaxError)
  })

  it('comes back as the same text for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = toJsonText(value as Json)
        expect(toJsonText(parseJson(text))).toBe(text)
      }),
    )
  })

  it('is refused when nested deeper than 64, and not at 64', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(findJsonExcess(nested(64))).toBeNull()
    expect(findJsonExcess(nested(65))).toContain('64 levels')
    expect(findJsonExcess(nested(400_000))).toContain('64 levels')
  })

  it('is refused with more than 10,000 keys, counting no colon inside a string', () => {
    const keys = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [i, 0])))
    expect(findJsonExcess(keys(10_000))).toBeNull()
    expect(findJsonExcess(keys(10_001))).toContain('10000 keys')
    expect(findJsonExcess(JSON.stringify([':'.repeat(20_000), '\\":{['.repeat(20_000)]))).toBeNull()
  })
})
