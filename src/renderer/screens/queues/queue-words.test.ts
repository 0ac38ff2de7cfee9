import { describe, expect, it } from 'vitest'
import { DEFAULT_QUEUE_SETTINGS } from '../../../shared/domain/queue-settings.ts'
import { queueOf } from '../overview/queue-fixture.ts'
import { conditionOf, describeSettings, hasLongWait, waitedText } from './queue-words.ts'

describe('how a queue is doing', () => {
  it('is stalled, never idle, when tasks wait and nobody takes them', () => {
    expect(conditionOf(queueOf({ consumers: 0, counts: { pending: 3 } }), [])).toBe('stalled')
  })

  it('is not stalled where nobody tells how many workers take from it', () => {
    expect(conditionOf(queueOf({ consumers: 0, counts: { pending: 3 } }), ['consumers'])).toBe('busy')
  })

  it('is paused, not stalled, when somebody stopped it', () => {
    expect(conditionOf(queueOf({ consumers: 0, isPaused: true, counts: { pending: 3 } }), [])).toBe('paused')
  })

  it('is busy while something is to be done, else idle', () => {
    expect(conditionOf(queueOf({ consumers: 1, counts: { pending: 0, retrying: 1 } }), [])).toBe('busy')
    expect(conditionOf(queueOf({ consumers: 0, counts: { pending: 0, running: 0, retrying: 0 } }), [])).toBe(
      'idle',
    )
  })
})

describe('how long its oldest task has waited', () => {
  it('is a dash when none waits, and long from a minute on', () => {
    expect(waitedText(queueOf({ oldestPendingAt: null }), 5000)).toBe('–')
    const waiting = queueOf({ oldestPendingAt: 0 })
    expect(waitedText(waiting, 9_400)).toBe('9 s')
    expect(waitedText(waiting, 372_000)).toBe('6 m 12 s')
    expect(hasLongWait(waiting, 59_999)).toBe(false)
    expect(hasLongWait(waiting, 60_000)).toBe(true)
    expect(hasLongWait({ ...waiting, isPaused: true }, 600_000)).toBe(false)
  })
})

describe('settings in words', () => {
  const valueOf = (settings: object, label: string) =>
    describeSettings({ ...DEFAULT_QUEUE_SETTINGS, ...settings }).find((line) => line.label === label)

  it('say what holds where the queue has none of its own', () => {
    expect(valueOf({}, 'Retries')).toEqual({ label: 'Retries', value: '3', isDefault: true })
    expect(describeSettings(DEFAULT_QUEUE_SETTINGS).every(({ isDefault }) => isDefault)).toBe(true)
  })

  it('say its own', () => {
    expect(valueOf({ rateLimit: { count: 90, perMs: 60_000 } }, 'Rate')).toEqual({
      label: 'Rate',
      value: '90 per minute (1.5/s)',
      isDefault: false,
    })
    expect(valueOf({ retentionCount: 0 }, 'Keeps at most')?.value).toBe('0 tasks')
  })
})
