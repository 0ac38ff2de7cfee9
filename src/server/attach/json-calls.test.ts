import { describe, expect, it } from 'vitest'
import { isSegment, pathOf } from './json-calls.ts'

describe('a path', () => {
  it('keeps each value inside its segment, whatever is in it', () => {
    expect(pathOf`/api/tasks/${'a/../b?c#d e'}/cancel`).toBe('/api/tasks/a%2F..%2Fb%3Fc%23d%20e/cancel')
    expect(pathOf`/api/${'x'}/${'y'}`).toBe('/api/x/y')
  })

  it.each(['', '.', '..'])('has no segment %j, which would lead elsewhere', (value) => {
    expect(isSegment(value)).toBe(false)
    expect(() => pathOf`/api/tasks/${value}`).toThrow('segment')
  })
})
