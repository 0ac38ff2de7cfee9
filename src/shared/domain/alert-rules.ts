import {
  ALERT_TYPES,
  type AlertRule,
  type AlertRuleChanges,
  type AlertSeverity,
  type AlertSubject,
  type AlertType,
} from './alert.ts'
import type { EpochMs } from './clock.ts'
import { BrokerError } from './errors.ts'
import { MAX_DURATION_MS } from './limits.ts'
import { type Finding, findConditions } from './alert-conditions.ts'
import type { AlertSnapshot } from './alert-snapshot.ts'

const DEFAULT_COOLDOWN_MS = 300_000

const rule = (type: AlertType, severity: AlertSeverity, threshold: number, minimumCount = 0): AlertRule => ({
  type,
  severity,
  isEnabled: true,
  threshold,
  minimumCount,
  cooldownMs: DEFAULT_COOLDOWN_MS,
})

/** What holds until somebody changes it. */
export const DEFAULT_ALERT_RULES: Readonly<Record<AlertType, AlertRule>> = {
  // Long enough for a crashed executor to be back, and for a program that starts.
  NO_ACTIVE_WORKERS: rule('NO_ACTIVE_WORKERS', 'critical', 15_000),
  HIGH_QUEUE_DEPTH: rule('HIGH_QUEUE_DEPTH', 'warning', 1000),
  HIGH_FAILURE_RATE: rule('HIGH_FAILURE_RATE', 'critical', 0.5, 10),
  WORKER_DOWN: rule('WORKER_DOWN', 'critical', 300_000),
  LOW_WORKER_HEARTBEAT: rule('LOW_WORKER_HEARTBEAT', 'warning', 120_000),
  TASK_TIMEOUT: rule('TASK_TIMEOUT', 'warning', 1),
}

/** An alert that is open, or was cleared so lately that its cool-down may last. */
export interface KnownAlert extends AlertSubject {
  readonly value: number
  readonly count: number
  /** How many there had ever been when it was last looked at, for alerts that count. */
  readonly seen: number
  readonly clearedAt: EpochMs | null
}

export type AlertChange =
  | ({ readonly kind: 'raise'; readonly severity: AlertSeverity; readonly threshold: number } & Measured)
  | ({ readonly kind: 'update' } & Measured)
  | ({ readonly kind: 'clear' } & AlertSubject)

interface Measured extends AlertSubject {
  readonly message: string
  readonly value: number
  readonly count: number
  readonly seen: number
}

/** The same for what can only be one alert. */
export const alertKey = ({ type, queue, workerId, name }: AlertSubject): string =>
  JSON.stringify([type, queue, workerId, name])

const subjectOf = ({ type, queue, workerId, name }: AlertSubject): AlertSubject => ({
  type,
  queue,
  workerId,
  name,
})

/**
 * What has to change so that exactly what is wrong now is open, but for what is cooling down.
 * @param known at most one open alert of each key; of several cleared ones of a key the latest counts.
 * @returns at most one change of a key. Looking again at the same, with the changes made, gives none.
 */
export function evaluateAlerts(
  rules: readonly AlertRule[],
  snapshot: AlertSnapshot,
  known: readonly KnownAlert[],
  now: EpochMs,
): readonly AlertChange[] {
  const rulesByType = new Map(rules.filter(({ isEnabled }) => isEnabled).map((each) => [each.type, each]))
  const findings = new Map(findConditions(rulesByType, snapshot).map((each) => [alertKey(each), each]))
  const open = new Map(
    known.filter(({ clearedAt }) => clearedAt === null).map((each) => [alertKey(each), each]),
  )
  const cooling = new Set(
    known.filter((each) => isCooling(each, rulesByType.get(each.type), now)).map(alertKey),
  )

  const changes: AlertChange[] = []
  for (const [key, alert] of open)
    if (!findings.has(key)) changes.push({ kind: 'clear', ...subjectOf(alert) })
  for (const [key, finding] of findings) {
    const alert = open.get(key)
    if (alert !== undefined) {
      const update = toUpdate(alert, finding)
      if (update !== null) changes.push(update)
    } else if (!cooling.has(key)) {
      const { severity, threshold } = rulesByType.get(finding.type)!
      const { count, total, value, message } = finding
      changes.push({
        kind: 'raise',
        ...subjectOf(finding),
        severity,
        threshold,
        message,
        value,
        count,
        seen: total,
      })
    }
  }
  return changes
}

/** A clock that was set back by more than the cool-down ends it. */
function isCooling({ clearedAt }: KnownAlert, rule: AlertRule | undefined, now: EpochMs): boolean {
  return clearedAt !== null && rule !== undefined && Math.abs(now - clearedAt) < rule.cooldownMs
}

/** Only what is worth a write: something more to count, or a measure that moved by a tenth. */
function toUpdate(alert: KnownAlert, { total, value, message, ...finding }: Finding): AlertChange | null {
  const more = Math.max(0, total - alert.seen)
  const hasMoved = Math.abs(value - alert.value) >= Math.max(Math.abs(alert.value) * 0.1, Number.MIN_VALUE)
  if (more === 0 && !hasMoved) return null
  const count = alert.count + more
  return { kind: 'update', ...subjectOf(finding), message, value, count, seen: Math.max(total, alert.seen) }
}

/** Inclusive. */
const THRESHOLDS: Readonly<Record<AlertType, readonly [least: number, most: number]>> = {
  NO_ACTIVE_WORKERS: [0, MAX_DURATION_MS],
  HIGH_QUEUE_DEPTH: [0, 1_000_000_000],
  HIGH_FAILURE_RATE: [0, 1],
  WORKER_DOWN: [1000, MAX_DURATION_MS],
  LOW_WORKER_HEARTBEAT: [1000, MAX_DURATION_MS],
  TASK_TIMEOUT: [1, 1_000_000],
}

/** @throws INVALID_REQUEST naming the field. */
export function checkAlertRule(type: AlertType, changes: AlertRuleChanges): void {
  if (!ALERT_TYPES.includes(type)) throw refuse('type', `must be one of ${ALERT_TYPES.join(', ')}`)
  const within = (path: string, value: number | undefined, least: number, most: number, isWhole: boolean) => {
    if (value === undefined) return
    if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return
    throw refuse(path, `must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}`)
  }
  within('threshold', changes.threshold, ...THRESHOLDS[type], type !== 'HIGH_FAILURE_RATE')
  within('minimumCount', changes.minimumCount, 0, 1_000_000_000, true)
  within('cooldownMs', changes.cooldownMs, 0, MAX_DURATION_MS, true)
}

function refuse(path: string, what: string): BrokerError {
  return new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
}
