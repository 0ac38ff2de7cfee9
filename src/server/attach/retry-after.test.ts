import { describe, expect, it } from 'vitest'
import { BrokerError } from '../../shared/domain/errors.ts'
import { AttachError } from './attach-error.ts'
import { askedPauseMs, readRetryAfterMs } from './retry-after.ts'

const DATE = 'Wed, 21 Oct 2015 07:28:00 GMT'
const read = (said: string, date = DATE, status = 503) =>
  readRetryAfterMs(status, new Headers({ 'retry-after': said, date }))

describe('what an answer says of when to ask again', () => {
  it.each([
    ['seconds', '120', 120_000],
    ['no time at all', '0', 0],
    ['a day', '86400', 86_400_000],
    ['a date, counted from its own', 'Wed, 21 Oct 2015 07:28:30 GMT', 30_000],
  ])('is read as %s', (_what, said, ms) => {
    expect(read(said)).toBe(ms)
    expect(read(said, DATE, 429)).toBe(ms)
  })

  it.each([
    ['negative', '-5'],
    ['a fraction', '1.5'],
    ['more than a day', '86401'],
    ['huge', '9'.repeat(400)],
    ['a power', '1e3'],
    ['no number', 'soon'],
    ['empty', ''],
    ['a text that only looks like a date', 'March 7'],
    ['a date that has passed', 'Wed, 21 Oct 2015 07:27:59 GMT'],
    ['a day that there is not', 'Wed, 41 Oct 2015 07:28:30 GMT'],
  ])('is nothing when it is %s', (_what, said) => {
    expect(read(said)).toBeNull()
  })

  it('is nothing without a date of its own, without a word, and of another answer', () => {
    expect(read('Wed, 21 Oct 2015 07:28:30 GMT', 'today')).toBeNull()
    expect(readRetryAfterMs(503, new Headers())).toBeNull()
    expect(read('5', DATE, 500)).toBeNull()
    expect(read('5', DATE, 301)).toBeNull()
  })
})

describe('the pause that a server asks for', () => {
  it('is heeded as far as there is time for it', () => {
    const failing = new AttachError('failing', 'Maintenance.', { retryAfterMs: 5000 })
    const limited = new BrokerError('RATE_LIMITED', 'Later.', { retryAfterMs: 5000 })
    for (const error of [failing, limited]) {
      expect(askedPauseMs(error, 5000)).toBe(5000)
      expect(askedPauseMs(error, 4999)).toBeNull()
    }
    expect(askedPauseMs(new AttachError('failing', 'It fails.'), 5000)).toBeNull()
    expect(askedPauseMs(new Error('bug'), 5000)).toBeNull()
  })
})
