import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Json, parseJson } from '../../../shared/domain/json.ts'
import { uniqueKeyOf } from './unique-key.ts'

describe('what makes a task unique', () => {
  it('is its payload, whatever the order of its keys', () => {
    const keys = fc.uniqueArray(fc.string(), { maxLength: 6 })
    fc.assert(
      fc.property(keys, fc.jsonValue(), (names, value) => {
        const forth = Object.fromEntries(names.map((name) => [name, value])) as Json
        const back = Object.fromEntries(names.toReversed().map((name) => [name, value])) as Json
        expect(uniqueKeyOf('q', 't', [forth])).toBe(uniqueKeyOf('q', 't', [back]))
      }),
    )
  })

  it.each([
    ['[1,2]', '[2,1]'],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":null}', '{}'],
    ['9007199254740993', '9007199254740992'],
    ['{"a":9007199254740993}', '{"a":9007199254740995}'],
    ['{"__proto__":1}', '{}'],
  ])('tells %s from %s', (one, other) => {
    expect(uniqueKeyOf('q', 't', parseJson(one))).not.toBe(uniqueKeyOf('q', 't', parseJson(other)))
  })

  it('is its queue and its type as well', () => {
    const keys = [uniqueKeyOf('q', 't', 1), uniqueKeyOf('p', 't', 1), uniqueKeyOf('q', 's', 1)]

    expect(new Set(keys).size).toBe(3)
  })
})
