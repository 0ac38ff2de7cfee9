import { describe, expect, it } from 'vitest'
import { ALERT_TYPES } from '../../../shared/domain/alert.ts'
import { DEFAULT_ALERT_RULES } from '../../../shared/domain/alert-rules.ts'
import { describeRule, formatMeasure } from './alert-words.ts'
import { draftOfRule, readRuleDraft } from './rule-draft.ts'

describe('the form of an alert rule', () => {
  it.each(ALERT_TYPES)('shows %s and reads it back as it was', (type) => {
    const rule = DEFAULT_ALERT_RULES[type]
    const { threshold, minimumCount, cooldownMs } = rule
    expect(readRuleDraft(rule, draftOfRule(rule)).changes).toEqual({ threshold, minimumCount, cooldownMs })
  })

  it('takes a share in percent, without a rest of floating point', () => {
    const rule = DEFAULT_ALERT_RULES.HIGH_FAILURE_RATE
    expect(readRuleDraft(rule, { ...draftOfRule(rule), threshold: '29' }).changes?.threshold).toBe(0.29)
  })

  it.each(['', 'many', '101', '-1'])('refuses “%s” as a share in percent', (threshold) => {
    const rule = DEFAULT_ALERT_RULES.HIGH_FAILURE_RATE
    expect(readRuleDraft(rule, { ...draftOfRule(rule), threshold }).problems).toHaveProperty('threshold')
  })

  it('says which of the fields are wrong', () => {
    const rule = DEFAULT_ALERT_RULES.HIGH_QUEUE_DEPTH
    const { problems } = readRuleDraft(rule, { threshold: '1.5', minimumCount: '-1', cooldown: 'x' })
    expect(Object.keys(problems ?? {})).toEqual(['threshold', 'minimumCount', 'cooldown'])
  })
})

describe('an alert in words', () => {
  it('has its unit', () => {
    expect(formatMeasure('HIGH_QUEUE_DEPTH', 1204)).toBe('1,204 tasks')
    expect(formatMeasure('HIGH_FAILURE_RATE', 0.62)).toBe('62 %')
    expect(formatMeasure('WORKER_DOWN', 120_000)).toBe('2 m')
  })

  it('tells when its rule raises it', () => {
    expect(describeRule(DEFAULT_ALERT_RULES.HIGH_QUEUE_DEPTH)).toBe(
      'More than 1,000 tasks wait in one queue.',
    )
  })
})
