import * as z from 'zod'
import {
  type Alert,
  ALERT_TYPES,
  type AlertRule,
  type AlertRuleChanges,
  type AlertType,
  OTHER_ALERT,
} from '../../../shared/domain/alert.ts'
import { MAX_DURATION_MS } from '../../../shared/domain/limits.ts'
import { orNull } from '../body-fields.ts'
import { HttpRefusal } from '../../http/refusal.ts'
import { isoInstant, isoInstantOrNull } from '../instant.ts'
import { invalidField } from '../read-input.ts'
import type { ruleAnswer } from './answers.ts'
import { flag, optionalParameter, pageQuery } from './query-fields.ts'
import { wholeBetween } from './submit-wire.ts'

/** As in the system behind the document: those that nobody has acknowledged, unless the others are asked for. */
export const alertQuery = pageQuery.extend({
  acknowledged: optionalParameter(flag).transform((isAcknowledged) => isAcknowledged ?? false),
})

interface Measure {
  readonly unit: 'seconds' | 'tasks' | 'percent'
  /** Of the domain, in one of this unit. */
  readonly factor: number
}
const SECONDS: Measure = { unit: 'seconds', factor: 1000 }
const TASKS: Measure = { unit: 'tasks', factor: 1 }
const PERCENT: Measure = { unit: 'percent', factor: 0.01 }

/** What a threshold, and what was measured, is counted in. */
const MEASURES: Readonly<Record<AlertType, Measure & { readonly least: number; readonly most: number }>> = {
  NO_ACTIVE_WORKERS: { ...SECONDS, least: 0, most: MAX_DURATION_MS / 1000 },
  HIGH_QUEUE_DEPTH: { ...TASKS, least: 0, most: 1_000_000_000 },
  HIGH_FAILURE_RATE: { ...PERCENT, least: 0, most: 100 },
  WORKER_DOWN: { ...SECONDS, least: 1, most: MAX_DURATION_MS / 1000 },
  LOW_WORKER_HEARTBEAT: { ...SECONDS, least: 1, most: MAX_DURATION_MS / 1000 },
  TASK_TIMEOUT: { ...TASKS, least: 1, most: 1_000_000 },
}

const SEVERITY_ON_WIRE = { warning: 'WARNING', critical: 'CRITICAL' } as const

/** A threshold or a measure of the domain, in the unit of its type there. */
export const toUnit = (type: AlertType, value: number): number =>
  Math.round((value / MEASURES[type].factor) * 1000) / 1000
/** And back. */
export const fromUnit = (type: AlertType, value: number): number => value * MEASURES[type].factor

export function toAlertAnswer(alert: Alert) {
  return {
    alert_id: alert.id,
    type: alert.type,
    severity: SEVERITY_ON_WIRE[alert.severity],
    description: alert.message,
    created_at: isoInstant(alert.raisedAt),
    acknowledged: alert.acknowledgedAt !== null,
    acknowledged_at: isoInstantOrNull(alert.acknowledgedAt),
    cleared_at: isoInstantOrNull(alert.clearedAt),
    queue_name: alert.queue,
    worker_id: alert.workerId,
    task_name: alert.name,
    ...toMeasures(alert),
    count: alert.count,
    updated_at: isoInstant(alert.updatedAt),
  }
}

function toMeasures({ type, value, threshold }: Alert) {
  if (type === OTHER_ALERT) return { value: null, threshold: null, unit: null }
  return {
    value: value === null ? null : toUnit(type, value),
    threshold: threshold === null ? null : toUnit(type, threshold),
    unit: MEASURES[type].unit,
  }
}

export function toRuleAnswer({
  type,
  severity,
  isEnabled,
  threshold,
  minimumCount,
  cooldownMs,
}: AlertRule): z.output<typeof ruleAnswer> {
  return {
    type,
    severity: SEVERITY_ON_WIRE[severity],
    enabled: isEnabled,
    threshold: toUnit(type, threshold),
    unit: MEASURES[type].unit,
    minimum_count: minimumCount,
    cooldown_seconds: cooldownMs / 1000,
  }
}

export const ruleBody = z.object(
  {
    enabled: orNull(z.boolean('must be true or false')),
    threshold: orNull(z.number('must be a number')),
    minimum_count: orNull(wholeBetween(0, 1_000_000_000)),
    cooldown_seconds: orNull(wholeBetween(0, MAX_DURATION_MS / 1000)),
  },
  'must be an object',
)

/** @throws HttpRefusal 404 naming those there are. */
export function findAlertType(word: string): AlertType {
  const type = ALERT_TYPES.find((each) => each === word)
  if (type !== undefined) return type
  throw new HttpRefusal({
    status: 404,
    code: 'ALERT_RULE_NOT_FOUND',
    message: `There is no rule '${word}'; there are ${ALERT_TYPES.join(', ')}.`,
  })
}

/**
 * Wire → domain.
 * @throws INVALID_REQUEST for a threshold out of range, told in its own unit.
 */
export function toRuleChanges(type: AlertType, body: z.output<typeof ruleBody>): AlertRuleChanges {
  const { unit, factor, least, most } = MEASURES[type]
  const { threshold, cooldown_seconds: cooldown } = body
  const isWhole = unit === 'percent' || threshold === undefined || Number.isInteger(threshold)
  if (threshold !== undefined && !(isWhole && threshold >= least && threshold <= most))
    throw invalidField('threshold', `must be ${least} to ${most} ${unit}`)
  return {
    isEnabled: body.enabled,
    threshold: threshold === undefined ? undefined : threshold * factor,
    minimumCount: body.minimum_count,
    cooldownMs: cooldown === undefined ? undefined : cooldown * 1000,
  }
}
