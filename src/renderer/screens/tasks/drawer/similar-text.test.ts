import { describe, expect, it } from 'vitest'
import { similarText } from './similar-text.ts'

describe('what to search for to find tasks that died alike', () => {
  it('is the longest part of the message that does not change from task to task', () => {
    expect(similarText({ type: 'GatewayTimeoutError', message: 'Gateway did not answer within 10 s' })).toBe(
      'Gateway did not answer within',
    )
    expect(similarText({ type: 'Error', message: "order 48213 of 'Smith' is already paid" })).toBe(
      'is already paid',
    )
  })

  it('is the type when the message is all numbers', () => {
    expect(similarText({ type: 'HttpError', message: '404' })).toBe('HttpError')
    expect(similarText({ type: 'Error', message: '404' })).toBeNull()
  })
})
