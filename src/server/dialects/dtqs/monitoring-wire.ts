import * as z from 'zod'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import {
  MAX_TREND_HOURS,
  MIN_TREND_HOURS,
  type PeakLoad,
  type TrendFigures,
  type Trends,
} from '../../../shared/domain/trends.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { isoInstant } from '../instant.ts'
import { wholeNumber } from '../read-input.ts'
import type { statsAnswer, trendsAnswer } from './answers.ts'
import { type MachineLoad, percent } from './machine-load.ts'
import { limitOf, offset, oneOf, optionalParameter } from './query-fields.ts'
import { toDtqsWorkerStatus } from './states.ts'

/** Workers that take tasks count as active, whether they run one or not. */
export function toStats(
  { counts, totals, workers }: Overview,
  load: MachineLoad,
): z.output<typeof statsAnswer> {
  return {
    queue_depth: counts.pending,
    active_workers: workers.active + workers.idle,
    total_workers: workers.total,
    cpu_usage_percent: load.cpuPercent,
    memory_usage_percent: load.memoryPercent,
    total_tasks_submitted: totals.submitted,
    tasks_completed: totals.succeeded,
    tasks_failed: totals.failed + totals.timedOut,
  }
}

/** The grid has every worker unless a page is asked for. */
export const gridQuery = z.object({ limit: limitOf(MAX_PAGE_SIZE), offset })

const MINUTE_MS = 60_000

/** Rates are per minute since the worker started; one that is younger counts as a minute old. */
export function toWorkerCard(worker: Worker, now: EpochMs) {
  const uptimeMs = Math.max(0, now - worker.startedAt)
  const perMinute = (count: number) => rounded(count / (Math.max(uptimeMs, MINUTE_MS) / MINUTE_MS))
  return {
    worker_id: worker.id,
    hostname: worker.hostname,
    status: toDtqsWorkerStatus(worker.status),
    uptime_seconds: Math.floor(uptimeMs / 1000),
    task_rate: perMinute(worker.succeeded + worker.failed),
    error_rate: perMinute(worker.failed),
    capacity_utilization: rounded(worker.running.length / worker.concurrency),
  }
}

const DEFAULT_HOURS = 24
export const trendsQuery = z.object({
  hours: optionalParameter(
    wholeNumber.refine(
      (hours) => hours >= MIN_TREND_HOURS && hours <= MAX_TREND_HOURS,
      `must be ${MIN_TREND_HOURS} to ${MAX_TREND_HOURS}`,
    ),
  ).transform((hours) => hours ?? DEFAULT_HOURS),
  interval: optionalParameter(oneOf(['hourly', 'daily'])).transform((interval) => interval ?? 'hourly'),
})

/** The four documented fields, the figures they stand on, and the same for each step of time. */
export function toTrends({ total, steps, peaks, failures, from, at }: Trends): z.output<typeof trendsAnswer> {
  return {
    ...toFigures(total),
    peak_loads: peaks.map(toTimeOfDay),
    peaks: peaks.map((peak) => ({ time: toTimeOfDay(peak), submitted: peak.submitted })),
    failures_total: failures.count,
    failure_patterns: failures.patterns.map(({ type, message, count, latestTaskId }) => ({
      error: `${type}: ${message}`,
      count,
      percentage: percent(count, failures.count),
      error_type: type,
      error_message: message,
      latest_task_id: latestTaskId,
    })),
    period_start: isoInstant(from),
    period_end: isoInstant(at),
    series: steps.map((step) => ({ timestamp: isoInstant(step.at), ...toFigures(step) })),
  }
}

/** What was cancelled has neither succeeded nor failed. */
function toFigures(figures: TrendFigures) {
  const failed = figures.failed + figures.timedOut
  return {
    completion_rate: percent(figures.succeeded, figures.succeeded + failed),
    average_wait_time_seconds: rounded((figures.meanWaitMs ?? 0) / 1000),
    average_run_time_seconds: rounded((figures.meanRunMs ?? 0) / 1000),
    submitted: figures.submitted,
    completed: figures.succeeded,
    failed,
    timed_out: figures.timedOut,
    cancelled: figures.cancelled,
    retried: figures.retried,
  }
}

/** As `14:30`, UTC. */
function toTimeOfDay({ minuteOfDay }: PeakLoad): string {
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`
}

/** To three decimals. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
