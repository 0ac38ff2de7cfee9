import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { anyJson, instantText, remark } from './answer-fields.ts'

describe('a field of an answer', () => {
  it('that may be any JSON is its text, and null when it is left out', () => {
    const answer = z.object({ result: anyJson })
    expect(answer.parse({ result: { a: [1, null] } })).toEqual({ result: '{"a":[1,null]}' })
    expect(answer.parse({})).toEqual({ result: 'null' })
  })

  it('that is an instant may have an offset, microseconds, or no zone', () => {
    const noon = Date.parse('2024-01-09T12:00:00Z')
    for (const text of ['2024-01-09T12:00:00Z', '2024-01-09T13:00:00.000001+01:00', '2024-01-09T12:00:00'])
      expect(instantText.parse(text)).toBe(noon)
    expect(instantText.safeParse('2024-02-31T00:00:00Z').success).toBe(false)
  })

  it('that is for people is cut short', () => {
    expect(remark.parse('x'.repeat(10_000))).toHaveLength(500)
  })
})
