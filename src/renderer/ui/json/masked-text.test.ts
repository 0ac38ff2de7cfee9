import { describe, expect, it } from 'vitest'
import { maskedText } from './masked-text.ts'

const words = ['password', 'token']

describe('JSON taken out of the window', () => {
  it('is byte for byte as it was where there is nothing to hide', () => {
    const json = '{"id":12345678901234567890, "a" : [1 ]}'
    expect(maskedText(json, words)).toEqual({ text: json, count: 0 })
  })

  it('has its secrets masked, however deep, and nothing else changed', () => {
    const { text, count } = maskedText(
      '{"id":12345678901234567890,"user":{"passWord":"hunter2","API_token":{"a":"b"}}}',
      words,
    )
    expect(count).toBe(2)
    expect(text).not.toMatch(/hunter2|"b"/)
    expect(text).toContain('12345678901234567890')
  })

  it('is left alone when it is no JSON', () => {
    expect(maskedText('{"password": ', words)).toEqual({ text: '{"password": ', count: 0 })
  })
})
