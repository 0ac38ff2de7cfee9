import * as z from 'zod'
import type { Clock } from '../../../shared/domain/clock.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import { emptyCounts, emptyTotals } from '../../../shared/domain/queue.ts'
import type { FailurePattern, PeakLoad, TrendFigures, Trends } from '../../../shared/domain/trends.ts'
import { id as idField, instantText } from '../../attach/answer-fields.ts'
import { blankOverview } from '../../attach/blank-system.ts'
import { UNTOLD_ERROR_TYPE } from '../../attach/blank-task.ts'
import type { JsonCalls } from '../../attach/json-calls.ts'
import type { AnsweredCalls } from '../../attach/limit-broker.ts'
import { DTQS_STATES, readDtqsState } from './states.ts'
import { count, text, toldPage } from './told-task.ts'
import { readWorkers, workerStatus } from './worker-calls.ts'

const toldStats = z.object({
  total_tasks_submitted: count,
  tasks_completed: count,
  tasks_failed: count,
})
const toldCount = toldPage('tasks', z.unknown())

const seconds = z.number().min(0).max(1e12)
const toldFigures = z.object({
  average_wait_time_seconds: seconds,
  average_run_time_seconds: seconds,
  submitted: count,
  completed: count,
  failed: count,
  timed_out: count.default(0),
  cancelled: count,
  retried: count,
})
const toldTrends = toldFigures.extend({
  period_start: instantText,
  period_end: instantText,
  peaks: z
    .array(
      z.object({
        time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
        submitted: count,
      }),
    )
    .max(100),
  failures_total: count,
  failure_patterns: z
    .array(
      z.object({
        error: text,
        error_type: text.nullish(),
        error_message: text.nullish(),
        count,
        latest_task_id: idField,
      }),
    )
    .max(100),
  series: z.array(toldFigures.extend({ timestamp: instantText })).max(1000),
})

/** @param isWide whether workers are listed with what they hold, and trends with their figures. */
export function figureCalls(
  calls: JsonCalls,
  { clock, isWide }: { readonly clock: Clock; readonly isWide: boolean },
): Partial<AnsweredCalls> {
  const countOf = async (status: (typeof DTQS_STATES)[number]) => {
    const { total } = await calls.read(toldCount, {
      path: '/api/v1/tasks',
      query: { status, limit: 1, offset: 0 },
    })
    return [readDtqsState(status), total ?? 0] as const
  }
  return {
    /** Out of the document's figures, its list of workers, and the totals of five lists. */
    async overview(): Promise<Overview> {
      const [stats, workers, counts] = await Promise.all([
        calls.read(toldStats, { path: '/api/v1/dashboard/stats' }),
        readWorkers(calls, isWide),
        Promise.all(DTQS_STATES.map(countOf)),
      ])
      const statuses = workers.map(workerStatus)
      const having = (status: string) => statuses.filter((each) => each === status).length
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
      return {
        ...blankOverview(clock.now()),
        counts: { ...emptyCounts(), ...Object.fromEntries(counts) },
        totals: {
          ...emptyTotals(),
          submitted: stats.total_tasks_submitted,
          succeeded: stats.tasks_completed,
          failed: stats.tasks_failed,
        },
        workers: { total: workers.length, active: having('active'), idle: having('idle') },
        slots: {
          busy: sum(workers.map(({ current_load: load }) => load ?? 0)),
          total: sum(workers.map(({ capacity }) => capacity ?? 0)),
        },
      }
    },
    async trends({ hours, step }) {
      const told = await calls.read(toldTrends, {
        path: '/api/v1/analytics/trends',
        query: { hours, interval: step === 'hour' ? 'hourly' : 'daily' },
      })
      return toTrends(told)
    },
  }
}

function toTrends(told: z.output<typeof toldTrends>): Trends {
  return {
    at: told.period_end,
    from: told.period_start,
    total: toFigures(told),
    steps: told.series.map((step) => ({ at: step.timestamp, ...toFigures(step) })),
    peaks: told.peaks.map(toPeak),
    failures: { count: told.failures_total, patterns: told.failure_patterns.map(toPattern) },
  }
}

/** A mean of nothing is told as zero. */
function toFigures(told: z.output<typeof toldFigures>): TrendFigures {
  const meanMs = (value: number) => (value === 0 ? null : value * 1000)
  return {
    submitted: told.submitted,
    succeeded: told.completed,
    failed: Math.max(0, told.failed - told.timed_out),
    timedOut: told.timed_out,
    cancelled: told.cancelled,
    retried: told.retried,
    meanWaitMs: meanMs(told.average_wait_time_seconds),
    meanRunMs: meanMs(told.average_run_time_seconds),
  }
}

function toPeak({ time, submitted }: z.output<typeof toldTrends>['peaks'][number]): PeakLoad {
  const [hours, minutes] = time.split(':').map(Number)
  return { minuteOfDay: hours! * 60 + minutes!, submitted }
}

function toPattern(told: z.output<typeof toldTrends>['failure_patterns'][number]): FailurePattern {
  return {
    type: told.error_type ?? UNTOLD_ERROR_TYPE,
    message: told.error_message ?? told.error,
    latestTaskId: told.latest_task_id,
    count: told.count,
  }
}
