import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prettyJson } from './pretty-json.ts'

describe('JSON laid out for editing', () => {
  it('is still the same JSON, and stable', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const pretty = prettyJson(json)
        expect(JSON.parse(pretty)).toEqual(JSON.parse(json))
        expect(prettyJson(pretty)).toBe(pretty)
      }),
    )
  })

  it('is the text itself when that is no JSON', () => {
    expect(prettyJson('not json')).toBe('not json')
  })
})
