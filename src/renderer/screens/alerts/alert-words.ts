import type { Alert, AlertRule, AlertType, ToldAlertType } from '../../../shared/domain/alert.ts'
import { countOf } from '../../ui/format/count.ts'
import { formatDuration } from '../../ui/format/duration.ts'

/** What a rule's threshold and an alert's value are counted in. */
type Measure = 'milliseconds' | 'tasks' | 'share'

const MEASURES: Readonly<Record<AlertType, Measure>> = {
  NO_ACTIVE_WORKERS: 'milliseconds',
  HIGH_QUEUE_DEPTH: 'tasks',
  HIGH_FAILURE_RATE: 'share',
  WORKER_DOWN: 'milliseconds',
  LOW_WORKER_HEARTBEAT: 'milliseconds',
  TASK_TIMEOUT: 'tasks',
}

export const ALERT_TITLES: Readonly<Record<ToldAlertType, string>> = {
  NO_ACTIVE_WORKERS: 'No worker takes tasks',
  HIGH_QUEUE_DEPTH: 'Queue is deep',
  HIGH_FAILURE_RATE: 'Many tasks fail',
  WORKER_DOWN: 'Worker is down',
  LOW_WORKER_HEARTBEAT: 'Worker is silent',
  TASK_TIMEOUT: 'Tasks time out',
  OTHER: 'Something else the server watches',
}

/** A value or threshold of an alert, with its unit: `1,204 tasks`, `62 %`, `2 m`. */
export function formatMeasure(type: AlertType, value: number): string {
  switch (MEASURES[type]) {
    case 'milliseconds':
      return formatDuration(value)
    case 'tasks':
      return countOf(value, 'task')
    case 'share':
      return `${Number((value * 100).toFixed(1))} %`
  }
}

/** What was measured, and what was allowed; null when the server does not tell it. */
export function describeMeasure({ type, value, threshold }: Pick<Alert, 'type' | 'value' | 'threshold'>) {
  if (type === 'OTHER' || value === null || threshold === null) return null
  return `${formatMeasure(type, value)}, its limit was ${formatMeasure(type, threshold)}`
}

/** When a rule raises its alert, as a sentence. */
export function describeRule({ type, threshold, minimumCount }: AlertRule): string {
  const limit = formatMeasure(type, threshold)
  switch (type) {
    case 'NO_ACTIVE_WORKERS':
      return `No worker has taken tasks for ${limit}.`
    case 'HIGH_QUEUE_DEPTH':
      return `More than ${limit} wait in one queue.`
    case 'HIGH_FAILURE_RATE':
      return `More than ${limit} of the last hour’s finished tasks failed, of at least ${countOf(minimumCount, 'task')}.`
    case 'WORKER_DOWN':
      return `A worker has not been heard of for ${limit}.`
    case 'LOW_WORKER_HEARTBEAT':
      return `A worker has not been heard of for ${limit}, and is not down yet.`
    case 'TASK_TIMEOUT':
      return `At least ${limit} of one name timed out within five minutes.`
  }
}

/** How a threshold is entered. */
export interface ThresholdField {
  readonly label: string
  readonly unit: string
  /** One of what is entered, in what the rule counts in. */
  readonly factor: number
}

const SECONDS = { unit: 'seconds', factor: 1000 } as const

export const THRESHOLD_FIELDS: Readonly<Record<AlertType, ThresholdField>> = {
  NO_ACTIVE_WORKERS: { label: 'Without workers for', ...SECONDS },
  HIGH_QUEUE_DEPTH: { label: 'More waiting than', unit: 'tasks', factor: 1 },
  HIGH_FAILURE_RATE: { label: 'More failed than', unit: '%', factor: 0.01 },
  WORKER_DOWN: { label: 'Silent for', ...SECONDS },
  LOW_WORKER_HEARTBEAT: { label: 'Silent for', ...SECONDS },
  TASK_TIMEOUT: { label: 'Timed out, at least', unit: 'tasks', factor: 1 },
}
