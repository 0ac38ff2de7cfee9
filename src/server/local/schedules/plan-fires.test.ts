import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FixedTiming } from './fire-times.ts'
import { type DueSchedule, GRACE_MS, planFires } from './plan-fires.ts'

const START = Date.UTC(2026, 0, 1)
const MINUTE_MS = 60_000
const everyMinute: FixedTiming = { kind: 'interval', everyMs: MINUTE_MS, anchorAt: START }
const due: DueSchedule = { timing: everyMinute, missed: 'once', nextFireAt: START + MINUTE_MS }
const minutes = (...numbers: readonly number[]) => numbers.map((number) => START + number * MINUTE_MS)

describe('the plan of a schedule', () => {
  it('is nothing before its time', () => {
    expect(planFires(due, { now: START + 59_999, awakeSince: START })).toEqual({
      fires: [],
      nextFireAt: START + MINUTE_MS,
    })
  })

  it('is one fire when its time has come, a little late or not', () => {
    for (const lateMs of [0, 1, 900, 59_999])
      expect(planFires(due, { now: START + MINUTE_MS + lateMs, awakeSince: START })).toEqual({
        fires: minutes(1),
        nextFireAt: minutes(2)[0],
      })
  })

  it('is every instant that passed between two looks', () => {
    expect(planFires(due, { now: START + 2 * MINUTE_MS + 30_000, awakeSince: START }).fires).toEqual(
      minutes(1, 2),
    )
  })

  it('is one fire, for the newest, of all that passed while it was closed', () => {
    const now = START + 60 * MINUTE_MS + 5
    expect(planFires(due, { now, awakeSince: now })).toEqual({
      fires: minutes(60),
      nextFireAt: minutes(61)[0],
    })
    const justClosed = START + MINUTE_MS + 5
    expect(planFires(due, { now: justClosed, awakeSince: justClosed }).fires).toEqual(minutes(1))
  })

  it('is none of those when it is to skip them', () => {
    const now = START + 60 * MINUTE_MS + 5
    expect(planFires({ ...due, missed: 'skip' }, { now, awakeSince: now })).toEqual({
      fires: [],
      nextFireAt: minutes(61)[0],
    })
  })

  it('takes a long sleep of the computer, or a clock set ahead, for being closed', () => {
    const now = START + MINUTE_MS + GRACE_MS + 1
    expect(planFires(due, { now, awakeSince: START }).fires).toEqual(minutes(3))
    expect(planFires({ ...due, missed: 'skip' }, { now, awakeSince: START }).fires).toEqual([])
  })

  it('does not go through the years one by one', () => {
    const everySecond: DueSchedule = {
      ...due,
      timing: { kind: 'cron', expression: '* * * * * *', timeZone: 'Europe/Berlin' },
    }
    const now = START + 10 * 365 * 24 * 3_600_000
    expect(planFires(everySecond, { now, awakeSince: now })).toEqual({ fires: [now], nextFireAt: now + 1000 })
  })

  it('fires for every instant exactly once while somebody looks often enough, however often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: MINUTE_MS }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1000, max: 100_000 }),
        fc.constantFrom('skip' as const, 'once' as const),
        (steps, everyMs, missed) => {
          const timing: FixedTiming = { kind: 'interval', everyMs, anchorAt: START }
          let now = START
          let nextFireAt = START + everyMs
          const fired: number[] = []
          for (const step of steps) {
            now += step
            const plan = planFires({ timing, missed, nextFireAt }, { now, awakeSince: START })
            fired.push(...plan.fires)
            nextFireAt = plan.nextFireAt!
          }
          const passed = Math.floor((now - START) / everyMs)
          expect(fired).toEqual(Array.from({ length: passed }, (_, index) => START + (index + 1) * everyMs))
        },
      ),
    )
  })
})
