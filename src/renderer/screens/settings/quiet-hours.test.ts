import { expect, it } from 'vitest'
import { readTimeText, toTimeText } from './quiet-hours.ts'

it('reads and writes times of a day, from the first minute to the last', () => {
  for (const minutes of [0, 9, 605, 1350, 1439]) expect(readTimeText(toTimeText(minutes))).toBe(minutes)
  expect(toTimeText(605)).toBe('10:05')
})

it.each(['', '24:00', '7:00', '12:60', '12:5', '12:00:00', 'noon'])('does not take %j for one', (text) => {
  expect(readTimeText(text)).toBeNull()
})
