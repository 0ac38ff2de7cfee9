import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeCron } from './describe-cron.ts'

const CRON_LETTERS = '0 1 2 5 9 * / , - ? # L W @ M O N'.split(' ').concat(' ')

describe('a cron expression in words', () => {
  it.each([
    ['* * * * *', 'Every minute'],
    ['*/5 * * * *', 'Every 5 minutes'],
    ['0 * * * *', 'Every hour'],
    ['5,35 * * * *', 'Every hour at minute 5 and 35'],
    ['0 */2 * * *', 'Every 2 hours'],
    ['30 9 * * *', 'Every day at 09:30'],
    ['0 9,17 * * *', 'Every day at 09:00 and 17:00'],
    ['0 9 * * 1-5', 'At 09:00 on weekdays'],
    ['0 9 * * MON,wed', 'At 09:00 on Monday and Wednesday'],
    ['0 0 * * 7', 'At 00:00 on Sunday'],
    ['0 6 1,15 * *', 'At 06:00 on the 1st and 15th'],
    ['0 6 22 1 *', 'At 06:00 on the 22nd in January'],
    ['0 0 13 * 5', 'At 00:00 on the 13th, and also on Friday'],
    ['*/15 9-17 * * 1-5', 'Every 15 minutes from 09:00 to 17:59 on weekdays'],
    ['*/10 * * * * *', 'Every 10 seconds'],
    ['30 0 12 * * *', 'Every day at 12:00:30'],
    ['@hourly', 'Every hour'],
    ['@weekly', 'At 00:00 on Sunday'],
  ])('%s is: %s', (expression, words) => {
    expect(describeCron(expression)).toBe(words)
  })

  it.each([
    '',
    'every day',
    '0 9 L * *',
    '0 9 * * 1#2',
    '61 * * * *',
    '0 25 * * *',
    '0 9 * *',
    '0-30 * * * *',
  ])('says nothing rather than something wrong of “%s”', (expression) => {
    expect(describeCron(expression)).toBeNull()
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...CRON_LETTERS) }), (text) => {
        const words = describeCron(text)
        expect(words === null || words.length > 0).toBe(true)
      }),
    )
  })
})
