import { describe, expect, it } from 'vitest'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import { failureTitle } from './failure-title.ts'

const group = (type: string, message: string): FailureGroup => ({
  fingerprint: 'f',
  type,
  message,
  count: 1,
  queues: ['default'],
  names: ['resize', 'crop'],
  latestTaskId: 't',
  latestAt: 0,
})

describe('what a group of failures is called', () => {
  it('is its type, with the message under it', () => {
    expect(failureTitle(group('SmtpError', '550 5.1.1\nmore'))).toEqual({
      title: 'SmtpError',
      detail: '550 5.1.1',
    })
  })

  it('is its message when the type says nothing', () => {
    expect(failureTitle(group('Error', 'no such file'))).toEqual({
      title: 'no such file',
      detail: 'in resize, crop',
    })
  })

  it('is never nothing', () => {
    expect(failureTitle(group('', '')).title).toBe('Error')
  })
})
