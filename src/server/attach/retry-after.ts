import { isBrokerError } from '../../shared/domain/errors.ts'
import { isAttachError } from './attach-error.ts'

const SECONDS = /^\d{1,9}$/
/** The date of HTTP (RFC 9110, 5.6.7); `Date.parse` alone would read nearly anything as a date. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
/** What is longer is no honest answer. */
const MOST_MS = 86_400_000

/**
 * How long an answer of 429 or 503 asks to be left alone, in milliseconds, 0 to a day (RFC 9110, 10.2.3).
 * Null for any other answer, when it says nothing, and for what is not valid. A date counts from the answer's
 * own, so that the clocks of two computers need not agree.
 */
export function readRetryAfterMs(status: number, headers: Headers): number | null {
  if (status !== 429 && status !== 503) return null
  const said = headers.get('retry-after') ?? ''
  const ms = SECONDS.test(said) ? Number(said) * 1000 : readDate(said) - readDate(headers.get('date') ?? '')
  return ms >= 0 && ms <= MOST_MS ? ms : null
}

function readDate(text: string): number {
  return HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
}

/**
 * How long the server wants to be left alone before it is asked again, in milliseconds. Null when it has not
 * said, and when that is longer than `longestMs`: then it is for whoever asks to decide.
 */
export function askedPauseMs(error: unknown, longestMs: number): number | null {
  const toldMs = isAttachError(error)
    ? error.retryAfterMs
    : isBrokerError(error, 'RATE_LIMITED')
      ? error.details.retryAfterMs
      : null
  return toldMs !== null && toldMs <= longestMs ? toldMs : null
}
