import type { EpochMs } from './clock.ts'

export const MIN_TREND_HOURS = 1
/** 30 days: as long as hourly figures are kept. */
export const MAX_TREND_HOURS = 720
/** Most that are told of each. */
export const MAX_PEAKS = 5
export const MAX_FAILURE_PATTERNS = 10

export interface TrendsQuery {
  /** How far back, {@link MIN_TREND_HOURS} to {@link MAX_TREND_HOURS}. */
  readonly hours: number
  readonly step: 'hour' | 'day'
}

/** What happened in some stretch of time. */
export interface TrendFigures {
  readonly submitted: number
  readonly succeeded: number
  readonly failed: number
  readonly timedOut: number
  readonly cancelled: number
  readonly retried: number
  /** Means over started and ended attempts, to within a tenth; null when there was none. */
  readonly meanWaitMs: number | null
  readonly meanRunMs: number | null
}

export interface TrendStep extends TrendFigures {
  /** Its beginning, at a full hour or day, UTC. */
  readonly at: EpochMs
}

/** A time of the day at which much was submitted, summed over the days. */
export interface PeakLoad {
  /** UTC; half hours, or full ones in a period of two days and more. */
  readonly minuteOfDay: number
  readonly submitted: number
}

/** Tasks that failed or timed out for good with errors of one fingerprint (see `FailureGroup`). */
export interface FailurePattern {
  /** Of the latest of them. */
  readonly type: string
  readonly message: string
  readonly latestTaskId: string
  readonly count: number
}

export interface Trends {
  readonly at: EpochMs
  /** Where the period begins. */
  readonly from: EpochMs
  readonly total: TrendFigures
  /** Oldest first, without gaps; the first and the last may be parts of an hour or day. */
  readonly steps: readonly TrendStep[]
  /** Busiest first. */
  readonly peaks: readonly PeakLoad[]
  readonly failures: {
    /** How many of the tasks that are still there failed in the period. */
    readonly count: number
    /** Most frequent first. */
    readonly patterns: readonly FailurePattern[]
  }
}

/** What the figures of a period say. */
export interface TrendsPort {
  /** @throws INVALID_REQUEST for hours out of range. */
  trends(query: TrendsQuery): Promise<Trends>
}
