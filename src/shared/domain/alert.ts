import type { EpochMs } from './clock.ts'

/** What may be wrong, one rule each. */
export const ALERT_TYPES = [
  'NO_ACTIVE_WORKERS',
  'HIGH_QUEUE_DEPTH',
  'HIGH_FAILURE_RATE',
  'WORKER_DOWN',
  'LOW_WORKER_HEARTBEAT',
  'TASK_TIMEOUT',
] as const
export type AlertType = (typeof ALERT_TYPES)[number]

/** In the place of a type that is none of ours: an attached system may watch for other things. It has no rule. */
export const OTHER_ALERT = 'OTHER'
export const TOLD_ALERT_TYPES = [...ALERT_TYPES, OTHER_ALERT] as const
export type ToldAlertType = (typeof TOLD_ALERT_TYPES)[number]

export type AlertSeverity = 'warning' | 'critical'

/** `acknowledged` is active still, and somebody knows. */
export const ALERT_STATES = ['active', 'acknowledged', 'cleared'] as const
export type AlertState = (typeof ALERT_STATES)[number]

/** What an alert is about; what does not apply is null. One of each at most is open at any time. */
export interface AlertSubject {
  readonly type: AlertType
  readonly queue: string | null
  readonly workerId: string | null
  /** Task name. */
  readonly name: string | null
}

export interface Alert extends Omit<AlertSubject, 'type'> {
  readonly type: ToldAlertType
  /** UUIDv7. */
  readonly id: string
  readonly severity: AlertSeverity
  /** For people. */
  readonly message: string
  readonly state: AlertState
  /**
   * What was measured, in the unit of the rule's threshold; follows what it measures in steps of a tenth. Null
   * when an attached system does not tell it.
   */
  readonly value: number | null
  /** The rule's, when it was raised; null when it is not told. */
  readonly threshold: number | null
  /** Of TASK_TIMEOUT: tasks timed out since shortly before it was raised. 1 of all others. */
  readonly count: number
  readonly raisedAt: EpochMs
  readonly updatedAt: EpochMs
  readonly acknowledgedAt: EpochMs | null
  readonly clearedAt: EpochMs | null
}

/** What makes the broker raise an alert of a type. */
export interface AlertRule {
  readonly type: AlertType
  readonly severity: AlertSeverity
  /** One that is off raises nothing, and clears what it raised. */
  readonly isEnabled: boolean
  /**
   * NO_ACTIVE_WORKERS: milliseconds without a worker that takes tasks. HIGH_QUEUE_DEPTH: pending tasks of
   * a queue, to be exceeded. HIGH_FAILURE_RATE: share of the last hour's finished that failed or timed
   * out, 0 to 1, to be exceeded. WORKER_DOWN, LOW_WORKER_HEARTBEAT: milliseconds of silence.
   * TASK_TIMEOUT: tasks of one name in one queue that timed out within five minutes, at least.
   */
  readonly threshold: number
  /** HIGH_FAILURE_RATE: how many must have finished for their share to mean something. 0 of all others. */
  readonly minimumCount: number
  /** How long after it was cleared the same alert is not raised again, in milliseconds. */
  readonly cooldownMs: number
}

export type AlertRuleSettings = Pick<AlertRule, 'isEnabled' | 'threshold' | 'minimumCount' | 'cooldownMs'>

export type AlertRuleChanges = {
  readonly [Setting in keyof AlertRuleSettings]?: AlertRuleSettings[Setting] | undefined
}

export interface AlertPage {
  readonly alerts: readonly Alert[]
  /** Cursor of the next page, null on the last. */
  readonly next: string | null
}

/** Alerts: raised and cleared by the broker, read and acknowledged by people. */
export interface AlertPort {
  /** Newest first, at most the newest 1000. Without `state`: what is not cleared. */
  listAlerts(options: { readonly state?: AlertState | undefined }): Promise<readonly Alert[]>
  /** Of one that was cleared too: it was seen. Idempotent. @throws ALERT_NOT_FOUND */
  acknowledgeAlert(id: string): Promise<Alert>
  /**
   * All there were, newest first. Cleared ones are kept for 30 days.
   * @param page `limit` 1 to 1000, default 100; `cursor` is the `next` of the page before. @throws INVALID_REQUEST
   */
  alertHistory(page: {
    readonly limit?: number | undefined
    readonly cursor?: string | undefined
  }): Promise<AlertPage>
  /** One of each type, in the order of {@link ALERT_TYPES}. */
  alertRules(): Promise<readonly AlertRule[]>
  /** What is left out stays. Alerts are looked at anew before it resolves. @throws INVALID_REQUEST naming the field */
  updateAlertRule(type: AlertType, changes: AlertRuleChanges): Promise<AlertRule>
}
