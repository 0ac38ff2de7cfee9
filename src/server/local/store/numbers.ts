import type { Overview } from '../../../shared/domain/overview.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { queueNotFound } from '../../../shared/domain/errors.ts'
import {
  emptyCounts,
  emptyTotals,
  type Queue,
  type StateCounts,
  type TaskTotals,
  type Totals,
} from '../../../shared/domain/queue.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import { type AlertNumbers, readAlertNumbers } from './alert-numbers.ts'
import { parseSettings } from './commands/queue-settings.ts'
import type { EventLog } from './event-log.ts'
import type { Ledger } from './ledger.ts'
import type { WritableDatabase } from './open-database.ts'

export type StoreOverview = Omit<Overview, 'workers' | 'slots'>
export type StoreQueue = Omit<Queue, 'consumers'>

interface QueueRow {
  readonly name: string
  readonly is_paused: number
  readonly settings: string | null
  readonly created_at: number
}

/** The numbers a page shows, from what the ledger keeps: no counting, whatever the size of the store. */
export function prepareNumbers(db: WritableDatabase, ledger: Ledger, log: EventLog) {
  const allQueues = db.prepare<[], QueueRow>(
    'SELECT name, is_paused, settings, created_at FROM queues ORDER BY name',
  )
  const oneQueue = db.prepare<[string], QueueRow>(
    'SELECT name, is_paused, settings, created_at FROM queues WHERE name = ?',
  )
  // The oldest number, not the oldest run_at: one look at an index instead of a scan of what waits.
  const oldestPending = db
    .prepare<[string], number>(
      `SELECT run_at FROM tasks WHERE queue = ? AND state = 'pending' ORDER BY number LIMIT 1`,
    )
    .pluck()

  function toQueue({ name, is_paused, settings, created_at }: QueueRow, now: EpochMs): StoreQueue {
    const rates = ledger.rates(name, now)
    const counts = ledger.counts(name)
    return {
      name,
      isPaused: is_paused === 1,
      settings: parseSettings(settings),
      counts: { ...counts },
      deadLetters: ledger.deadLetters(name),
      totals: ledger.totals(name),
      throughputPerSecond: rates.finished,
      submittedPerSecond: rates.submitted,
      oldestPendingAt: counts.pending === 0 ? null : (oldestPending.get(name) ?? null),
      createdAt: created_at,
    }
  }

  return {
    queues: ({ now }: { readonly now: EpochMs }): readonly StoreQueue[] =>
      allQueues.all().map((row) => toQueue(row, now)),
    /** Throws QUEUE_NOT_FOUND. */
    queue({ name, now }: { readonly name: string; readonly now: EpochMs }): StoreQueue {
      const row = oneQueue.get(name)
      if (row === undefined) throw queueNotFound(name)
      return toQueue(row, now)
    },
    overview({ now }: { readonly now: EpochMs }): StoreOverview {
      const queues = allQueues.all().map((row) => toQueue(row, now))
      const oldest = queues.flatMap(({ oldestPendingAt }) => oldestPendingAt ?? [])
      return {
        at: now,
        counts: sumCounts(queues.map(({ counts }) => counts)),
        deadLetters: queues.reduce((sum, queue) => sum + queue.deadLetters, 0),
        totals: sumTotals(queues.map(({ totals }) => totals)),
        queues: {
          total: queues.length,
          active: queues.filter(({ counts }) => counts.pending + counts.running > 0).length,
          paused: queues.filter(({ isPaused }) => isPaused).length,
        },
        throughputPerSecond: queues.reduce((sum, queue) => sum + queue.throughputPerSecond, 0),
        oldestPendingAt: oldest.length === 0 ? null : Math.min(...oldest),
        lastSeq: log.lastSeq,
      }
    },
    lastSeq: (_request: null): number => log.lastSeq,
    alerts: (_request: null): AlertNumbers => readAlertNumbers(ledger),
    taskTotals: (): readonly TaskTotals[] =>
      ledger.nameTotals().map(({ queue, name, totals: { runHistogram, waitHistogram, ...totals } }) => ({
        queue,
        name,
        totals,
        runHistogram,
        waitHistogram,
      })),
  }
}

function sumCounts(all: readonly StateCounts[]): StateCounts {
  const sum = emptyCounts()
  for (const counts of all) for (const state of TASK_STATES) sum[state] += counts[state]
  return sum
}

function sumTotals(all: readonly Totals[]): Totals {
  const sum = emptyTotals()
  for (const totals of all)
    for (const field of Object.keys(sum) as (keyof Totals)[]) sum[field] += totals[field]
  return sum
}
