import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../shared/domain/alert.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import { railBadges } from './rail-badges.ts'

const overview = (fields: {
  readonly deadLetters?: number
  readonly paused?: number
  readonly pending?: number
  readonly workers?: number
}) =>
  ({
    deadLetters: fields.deadLetters ?? 0,
    queues: { total: 5, active: 5, paused: fields.paused ?? 0 },
    workers: { total: fields.workers ?? 1, active: 0, idle: fields.workers ?? 1 },
    counts: { pending: fields.pending ?? 0 },
  }) as unknown as Overview

describe('the badges of the rail', () => {
  it('are none while all is well, or nothing is known', () => {
    expect(railBadges(overview({}))).toEqual({})
    expect(railBadges(undefined)).toEqual({})
  })

  it('are red for dead letters, short, and in full on hover', () => {
    expect(railBadges(overview({ deadLetters: 1299 }))['/dead-letters']).toEqual({
      text: '1.2K',
      tone: 'trouble',
      title: '1,299 dead letters',
    })
  })

  it('are amber for paused queues, and red for workers only while tasks wait', () => {
    expect(railBadges(overview({ paused: 2 }))['/queues']).toMatchObject({ text: '2', tone: 'warning' })
    expect(railBadges(overview({ workers: 0 }))['/workers']).toBeUndefined()
    expect(railBadges(overview({ workers: 0, pending: 3 }))['/workers']).toMatchObject({ tone: 'trouble' })
  })

  it('tell of alerts: red while a critical one is unseen, grey when all are', () => {
    const alert = (severity: Alert['severity'], state: Alert['state']) => ({ severity, state }) as Alert
    const badge = (...alerts: readonly Alert[]) => railBadges(overview({}), alerts)['/alerts']
    expect(badge()).toBeUndefined()
    expect(badge(alert('critical', 'active'), alert('warning', 'active'))).toEqual({
      text: '2',
      tone: 'trouble',
      title: '2 alerts, 2 not seen',
    })
    expect(badge(alert('critical', 'acknowledged'), alert('warning', 'active'))?.tone).toBe('warning')
    expect(badge(alert('critical', 'acknowledged'))).toEqual({
      text: '1',
      tone: 'plain',
      title: '1 alert, all seen',
    })
  })
})
