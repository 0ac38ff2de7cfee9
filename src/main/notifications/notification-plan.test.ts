import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Notable } from './notable.ts'
import { createNotificationPlan, MOST_PER_MINUTE } from './notification-plan.ts'

const failed = (label: string): Notable => ({
  kind: 'task',
  subject: `task:default/${label}`,
  label,
  title: `${label} failed`,
  body: 'It broke',
  taskId: 'id',
  alertType: null,
})
const alert: Notable = {
  ...failed('Queue is deep'),
  kind: 'alert',
  title: 'Alert',
  alertType: 'HIGH_QUEUE_DEPTH',
}
const titles = (notices: readonly { readonly title: string }[]) => notices.map(({ title }) => title)

describe('what is notified', () => {
  it('is each thing by itself while there are few', () => {
    const plan = createNotificationPlan()
    expect(plan.next(0, 0)).toEqual({ notices: [], againInMs: null })
    plan.add(failed('resize'))
    plan.add(alert)
    expect(titles(plan.next(0, 0).notices)).toEqual(['resize failed', 'Alert'])
    expect(plan.next(1000, 0)).toEqual({ notices: [], againInMs: null })
  })

  it('is one summary of many, the most frequent first', () => {
    const plan = createNotificationPlan()
    for (let index = 0; index < 1200; index += 1) plan.add(failed('send_email'))
    for (let index = 0; index < 3; index += 1) plan.add(failed(`other-${index}`))
    plan.add(alert)
    expect(plan.next(0, 0).notices).toEqual([
      {
        title: '1,203 tasks failed, 1 alert',
        body: 'send_email ×1,200, other-0, other-1, 2 more',
        notable: null,
        page: 'dead-letters',
      },
    ])
  })

  it('waits for the next minute once there were enough, and then sums up', () => {
    const plan = createNotificationPlan()
    for (let index = 0; index < MOST_PER_MINUTE; index += 1) {
      plan.add(failed('one'))
      expect(plan.next(index * 1000, 0).notices).toHaveLength(1)
    }
    plan.add(failed('two'))
    plan.add(failed('two'))
    expect(plan.next(10_000, 0)).toEqual({ notices: [], againInMs: 50_000 })
    expect(titles(plan.next(60_000, 0).notices)).toEqual(['2 tasks failed'])
  })

  it('is held back in quiet hours, and summed up at their end', () => {
    const plan = createNotificationPlan()
    for (let index = 0; index < 10; index += 1) plan.add(alert)
    expect(plan.next(0, 3_600_000)).toEqual({ notices: [], againInMs: 3_600_000 })
    expect(plan.next(3_600_000, 0).notices).toMatchObject([{ title: '10 alerts', page: 'alerts' }])
  })

  it('is never more than a few in any minute, and counts everything that happened', () => {
    const step = fc.record({
      afterMs: fc.integer({ min: 0, max: 40_000 }),
      count: fc.integer({ min: 0, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const plan = createNotificationPlan()
        const shownAt: number[] = []
        let now = 0
        let told = 0
        let happened = 0
        const look = () => {
          for (const { notable, title } of plan.next(now, 0).notices) {
            shownAt.push(now)
            told += notable === null ? Number.parseInt(title, 10) : 1
          }
        }
        for (const { afterMs, count } of steps) {
          now += afterMs
          for (let index = 0; index < count; index += 1) plan.add(failed('task'))
          happened += count
          look()
        }
        now += 60_000
        look()
        expect(told).toBe(happened)
        for (const at of shownAt)
          expect(shownAt.filter((other) => at <= other && other < at + 60_000).length).toBeLessThanOrEqual(
            MOST_PER_MINUTE,
          )
      }),
    )
  })
})
