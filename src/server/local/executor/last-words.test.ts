import { expect, it } from 'vitest'
import { toLastWords } from './last-words.ts'

it.each([
  'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  'FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory',
  'FATAL ERROR: CALL_AND_RETRY_LAST Allocation failed - JavaScript heap out of memory',
  'FATAL ERROR: invalid array length Allocation failed - JavaScript heap out of memory',
])('V8 is quoted: %s', (words) => {
  expect(toLastWords(`<--- Last few GCs --->\n${words}\n----- Native stack trace -----`)).toBe(words)
})

it.each(['Error: the card number is 4111', 'FATAL ERROR: the card number is 4111', '', 'Killed'])(
  'what task code may have printed is not: %j',
  (text) => {
    expect(toLastWords(text)).toBeNull()
  },
)
