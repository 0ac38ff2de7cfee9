import { describe, expect, it } from 'vitest'
import { quietForMs } from './quiet-hours.ts'

const at = (text: string) => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}
const hours = (from: string, until: string) => ({ isOn: true, from: at(from), until: at(until) })
const MINUTE = 60_000

describe('quiet hours', () => {
  it('are quiet from their first minute to the one before their end', () => {
    const lunch = hours('12:00', '13:30')
    expect(quietForMs(lunch, at('11:59'))).toBe(0)
    expect(quietForMs(lunch, at('12:00'))).toBe(90 * MINUTE)
    expect(quietForMs(lunch, at('13:29'))).toBe(MINUTE)
    expect(quietForMs(lunch, at('13:30'))).toBe(0)
  })

  it('go over midnight', () => {
    const night = hours('22:00', '07:00')
    expect(quietForMs(night, at('22:00'))).toBe(9 * 60 * MINUTE)
    expect(quietForMs(night, at('00:00'))).toBe(7 * 60 * MINUTE)
    expect(quietForMs(night, at('06:59'))).toBe(MINUTE)
    expect(quietForMs(night, at('12:00'))).toBe(0)
  })

  it('are the whole day where they end as they begin, and none when switched off', () => {
    expect(quietForMs(hours('08:00', '08:00'), at('07:59'))).toBe(MINUTE)
    expect(quietForMs({ ...hours('08:00', '08:00'), isOn: false }, at('09:00'))).toBe(0)
  })
})
