import * as z from 'zod'
import type { FailureGroup } from '../../../../shared/domain/broker.ts'
import type { Overview } from '../../../../shared/domain/overview.ts'
import type { BoundedHistogram } from '../../../../shared/domain/histogram.ts'
import { PERIODS, type Queue, type Stats, type TaskTotals } from '../../../../shared/domain/queue.ts'
import type { Trends } from '../../../../shared/domain/trends.ts'
import { backoff, count, histogram, instant, nullableInstant, nullableNumber, stateCounts } from './fields.ts'

const totals = z.object({
  submitted: count,
  succeeded: count,
  failed: count,
  timedOut: count,
  cancelled: count,
  retried: count,
  deadLettered: count,
  waitMs: z.number(),
  runMs: z.number(),
  started: count,
  ended: count,
})

export const queue: z.ZodType<Queue> = z.object({
  name: z.string(),
  isPaused: z.boolean(),
  settings: z.object({
    concurrency: nullableNumber,
    rateLimit: z.object({ count: z.number(), perMs: z.number() }).nullable(),
    timeoutMs: nullableNumber,
    queueTimeoutMs: nullableNumber,
    maxRetries: nullableNumber,
    backoff: backoff.nullable(),
    retentionMs: nullableNumber,
    retentionCount: nullableNumber,
  }),
  counts: stateCounts,
  deadLetters: count,
  totals,
  throughputPerSecond: count,
  submittedPerSecond: count,
  oldestPendingAt: nullableInstant,
  consumers: count,
  createdAt: instant,
})
export const queues = z.array(queue)

export const overview: z.ZodType<Overview> = z.object({
  at: instant,
  counts: stateCounts,
  deadLetters: count,
  totals,
  queues: z.object({ total: count, active: count, paused: count }),
  workers: z.object({ total: count, active: count, idle: count }),
  slots: z.object({ busy: count, total: count }),
  throughputPerSecond: count,
  oldestPendingAt: nullableInstant,
  lastSeq: z.int().min(0),
})

const percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() })
export const stats: z.ZodType<Stats> = z.object({
  period: z.enum(PERIODS),
  bucketMs: z.number(),
  at: instant,
  buckets: z.array(
    z.object({
      at: instant,
      submitted: count,
      succeeded: count,
      failed: count,
      timedOut: count,
      cancelled: count,
      retried: count,
      waitMs: percentiles.nullable(),
      runMs: percentiles.nullable(),
      meanDepth: count,
      oldestWaitMs: count,
    }),
  ),
})

const bounded = histogram as unknown as z.ZodType<BoundedHistogram>
export const taskTotals: z.ZodType<readonly TaskTotals[]> = z.array(
  z.object({
    queue: z.string(),
    name: z.string(),
    totals,
    runHistogram: bounded,
    waitHistogram: bounded,
  }),
)

const figures = {
  submitted: count,
  succeeded: count,
  failed: count,
  timedOut: count,
  cancelled: count,
  retried: count,
  meanWaitMs: nullableNumber,
  meanRunMs: nullableNumber,
}
export const trends: z.ZodType<Trends> = z.object({
  at: instant,
  from: instant,
  total: z.object(figures),
  steps: z.array(z.object({ at: instant, ...figures })),
  peaks: z.array(z.object({ minuteOfDay: count, submitted: count })),
  failures: z.object({
    count,
    patterns: z.array(z.object({ type: z.string(), message: z.string(), latestTaskId: z.string(), count })),
  }),
})

export const failureGroups: z.ZodType<readonly FailureGroup[]> = z.array(
  z.object({
    fingerprint: z.string(),
    type: z.string(),
    message: z.string(),
    count,
    queues: z.array(z.string()),
    names: z.array(z.string()),
    latestTaskId: z.string(),
    latestAt: instant,
  }),
)
