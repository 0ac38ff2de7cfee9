import type { EpochMs } from '../../../shared/domain/clock.ts'
import { boundIndexOf, bucketOf, DURATION_BOUNDS_MS } from '../../../shared/domain/histogram.ts'
import { emptyCounts, emptyTotals, type StateCounts, type Totals } from '../../../shared/domain/queue.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import type { WritableDatabase } from './open-database.ts'
import { createPendingNames } from './pending-names.ts'
import { createRateMeter, type RateMeter } from './rate-meter.ts'

/** The names beyond this many in one queue are counted together, so that names cannot fill the memory. */
const MAX_NAMES_PER_QUEUE = 1000
const KEPT_MINUTES = 3
const OTHER_NAMES = '(other)'

/** Counted events of tasks; each adds one to the field of the same name. */
export type Tally =
  'submitted' | 'succeeded' | 'failed' | 'timedOut' | 'cancelled' | 'retried' | 'deadLettered'

/** What one command did to the numbers. Collected while it runs, applied when it has succeeded. */
export type LedgerEntry =
  | {
      readonly kind: 'move'
      readonly queue: string
      readonly name: string
      readonly from: TaskState | null
      readonly to: TaskState | null
    }
  | {
      readonly kind: 'tally'
      readonly queue: string
      readonly name: string
      readonly tally: Tally
      readonly count: number
      readonly at: EpochMs
    }
  | {
      readonly kind: 'started'
      readonly queue: string
      readonly name: string
      readonly waitMs: number
      readonly at: EpochMs
    }
  | {
      readonly kind: 'ended'
      readonly queue: string
      readonly name: string
      readonly runMs: number
      readonly at: EpochMs
    }
  | { readonly kind: 'dead'; readonly queue: string; readonly count: number }
  /** How much waited when somebody looked. */
  | {
      readonly kind: 'waiting'
      readonly queue: string
      readonly depth: number
      readonly oldestMs: number
      readonly at: EpochMs
    }

/** Kept numbers of one task name in one queue; stored as JSON. */
export interface NameTotals extends Totals {
  readonly runHistogram: number[]
  readonly waitHistogram: number[]
}
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Kept numbers of one queue in one minute; stored as JSON. */
export interface MinuteStats {
  submitted: number
  succeeded: number
  failed: number
  timedOut: number
  cancelled: number
  retried: number
  wait: Record<number, number>
  run: Record<number, number>
  /** Pending tasks at the last look of the minute; left out where nobody looked, or nothing waited. */
  depth?: number
  /** The longest that one of them had waited, at any look. */
  oldestMs?: number
}

interface QueueNumbers {
  readonly counts: Mutable<StateCounts>
  deadLetters: number
  readonly names: Map<string, Mutable<NameTotals>>
  readonly finished: RateMeter
  readonly submitted: RateMeter
}

export interface Ledger {
  /** Applies entries to memory and to the database, inside the caller's transaction. */
  apply(entries: readonly LedgerEntry[]): void
  /** Reads everything anew from the database; after a rolled-back transaction. */
  reload(): void
  queueNames(): readonly string[]
  counts(queue: string): StateCounts
  /** How many pending tasks of `queue` have one of these names. */
  countKnown(queue: string, names: readonly string[]): number
  deadLetters(queue: string): number
  totals(queue: string): Totals
  nameTotals(): readonly { readonly queue: string; readonly name: string; readonly totals: NameTotals }[]
  /** Per second, over the last minute. */
  rates(queue: string, now: EpochMs): { readonly finished: number; readonly submitted: number }
}

const emptyHistogram = () => Array.from({ length: DURATION_BOUNDS_MS.length + 1 }, () => 0)
const emptyMinute = (): MinuteStats => ({
  submitted: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  cancelled: 0,
  retried: 0,
  wait: {},
  run: {},
})

/**
 * Counts that are kept, not counted: every number a page shows is in memory, and on disk in the same
 * transaction as the change it counts.
 */
export function createLedger(db: WritableDatabase): Ledger {
  const queues = new Map<string, QueueNumbers>()
  /** The newest minutes, so that most commits read none. */
  const minutes = new Map<number, Map<string, MinuteStats>>()

  const readCounts = db.prepare<[], { queue: string; state: TaskState; count: number }>(
    'SELECT queue, state, count FROM state_counts',
  )
  const readDead = db.prepare<[], { queue: string; count: number }>(
    'SELECT queue, count(*) AS count FROM tasks WHERE is_dead_letter = 1 GROUP BY queue',
  )
  const readTotals = db.prepare<[], { queue: string; name: string; totals: string }>(
    'SELECT queue, name, totals FROM task_totals',
  )
  const readMinute = db.prepare<[number, string], { stats: string }>(
    'SELECT stats FROM minute_stats WHERE minute = ? AND queue = ?',
  )
  const writeCount = db.prepare(
    'INSERT INTO state_counts (queue, state, count) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count',
  )
  const writeTotals = db.prepare(
    'INSERT INTO task_totals (queue, name, totals) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET totals = excluded.totals',
  )
  const writeMinute = db.prepare(
    'INSERT INTO minute_stats (minute, queue, stats) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET stats = excluded.stats',
  )

  function numbersOf(queue: string): QueueNumbers {
    let numbers = queues.get(queue)
    if (numbers === undefined) {
      numbers = {
        counts: emptyCounts(),
        deadLetters: 0,
        names: new Map(),
        finished: createRateMeter(),
        submitted: createRateMeter(),
      }
      queues.set(queue, numbers)
    }
    return numbers
  }

  function keptName(numbers: QueueNumbers, name: string): string {
    return numbers.names.has(name) || numbers.names.size < MAX_NAMES_PER_QUEUE ? name : OTHER_NAMES
  }

  function totalsOf(numbers: QueueNumbers, name: string): Mutable<NameTotals> {
    let totals = numbers.names.get(name)
    if (totals === undefined) {
      totals = { ...emptyTotals(), runHistogram: emptyHistogram(), waitHistogram: emptyHistogram() }
      numbers.names.set(name, totals)
    }
    return totals
  }

  function minuteOf(number: number, queue: string): MinuteStats {
    let ofMinute = minutes.get(number)
    if (ofMinute === undefined) minutes.set(number, (ofMinute = new Map()))
    let stats = ofMinute.get(queue)
    if (stats === undefined) {
      const row = readMinute.get(number, queue)
      stats = row === undefined ? emptyMinute() : (JSON.parse(row.stats) as MinuteStats)
      ofMinute.set(queue, stats)
    }
    return stats
  }

  function forgetOldMinutes(): void {
    while (minutes.size > KEPT_MINUTES) minutes.delete(Math.min(...minutes.keys()))
  }

  function reload(): void {
    queues.clear()
    minutes.clear()
    for (const { queue, state, count } of readCounts.all()) numbersOf(queue).counts[state] = count
    for (const { queue, count } of readDead.all()) numbersOf(queue).deadLetters = count
    for (const { queue, name, totals } of readTotals.all())
      numbersOf(queue).names.set(name, { ...emptyTotals(), ...(JSON.parse(totals) as NameTotals) })
  }
  reload()
  const pendingNames = createPendingNames(db)

  return {
    reload() {
      reload()
      pendingNames.reload()
    },
    countKnown: pendingNames.countKnown,
    apply(entries) {
      const dirtyCounts = new Map<string, Set<TaskState>>()
      const dirtyNames = new Map<string, Set<string>>()
      const dirtyMinutes = new Map<number, Map<string, MinuteStats>>()
      const touch = <T>(map: Map<string, Set<T>>, queue: string, item: T) => {
        const set = map.get(queue)
        if (set === undefined) map.set(queue, new Set([item]))
        else set.add(item)
      }
      const touchMinute = (at: EpochMs, queue: string): MinuteStats => {
        const number = Math.floor(at / 60_000)
        const stats = minuteOf(number, queue)
        let dirty = dirtyMinutes.get(number)
        if (dirty === undefined) dirtyMinutes.set(number, (dirty = new Map()))
        dirty.set(queue, stats)
        return stats
      }

      for (const entry of entries) {
        const numbers = numbersOf(entry.queue)
        switch (entry.kind) {
          case 'move':
            if (entry.from !== null) {
              numbers.counts[entry.from] -= 1
              touch(dirtyCounts, entry.queue, entry.from)
              if (entry.from === 'pending') pendingNames.add(entry.queue, entry.name, -1)
            }
            if (entry.to !== null) {
              numbers.counts[entry.to] += 1
              touch(dirtyCounts, entry.queue, entry.to)
              if (entry.to === 'pending') pendingNames.add(entry.queue, entry.name, 1)
            }
            break
          case 'tally': {
            const name = keptName(numbers, entry.name)
            totalsOf(numbers, name)[entry.tally] += entry.count
            touch(dirtyNames, entry.queue, name)
            if (entry.tally === 'submitted') numbers.submitted.add(entry.at, entry.count)
            else if (entry.tally !== 'retried' && entry.tally !== 'deadLettered')
              numbers.finished.add(entry.at, entry.count)
            if (entry.tally !== 'deadLettered') touchMinute(entry.at, entry.queue)[entry.tally] += entry.count
            break
          }
          case 'started': {
            const name = keptName(numbers, entry.name)
            const totals = totalsOf(numbers, name)
            totals.started += 1
            totals.waitMs += entry.waitMs
            totals.waitHistogram[boundIndexOf(entry.waitMs)]! += 1
            touch(dirtyNames, entry.queue, name)
            const { wait } = touchMinute(entry.at, entry.queue)
            const bucket = bucketOf(entry.waitMs)
            wait[bucket] = (wait[bucket] ?? 0) + 1
            break
          }
          case 'ended': {
            const name = keptName(numbers, entry.name)
            const totals = totalsOf(numbers, name)
            totals.ended += 1
            totals.runMs += entry.runMs
            totals.runHistogram[boundIndexOf(entry.runMs)]! += 1
            touch(dirtyNames, entry.queue, name)
            const { run } = touchMinute(entry.at, entry.queue)
            const bucket = bucketOf(entry.runMs)
            run[bucket] = (run[bucket] ?? 0) + 1
            break
          }
          case 'dead':
            numbers.deadLetters += entry.count
            break
          case 'waiting': {
            const stats = touchMinute(entry.at, entry.queue)
            stats.depth = entry.depth
            stats.oldestMs = Math.max(stats.oldestMs ?? 0, entry.oldestMs)
            break
          }
        }
      }

      for (const [queue, states] of dirtyCounts) {
        const { counts } = numbersOf(queue)
        for (const state of states) writeCount.run(queue, state, counts[state])
      }
      for (const [queue, names] of dirtyNames) {
        const numbers = numbersOf(queue)
        for (const name of names) writeTotals.run(queue, name, JSON.stringify(numbers.names.get(name)))
      }
      for (const [number, dirty] of dirtyMinutes)
        for (const [queue, stats] of dirty) writeMinute.run(number, queue, JSON.stringify(stats))
      pendingNames.flush()
      forgetOldMinutes()
    },
    queueNames: () => [...queues.keys()],
    counts: (queue) => queues.get(queue)?.counts ?? emptyCounts(),
    deadLetters: (queue) => queues.get(queue)?.deadLetters ?? 0,
    totals(queue) {
      const sum = emptyTotals()
      for (const totals of queues.get(queue)?.names.values() ?? [])
        for (const field of Object.keys(sum) as (keyof Totals)[]) sum[field] += totals[field]
      return sum
    },
    nameTotals: () =>
      [...queues].flatMap(([queue, { names }]) =>
        [...names].map(([name, totals]) => ({ queue, name, totals })),
      ),
    rates(queue, now) {
      const numbers = queues.get(queue)
      return {
        finished: numbers?.finished.perSecond(now) ?? 0,
        submitted: numbers?.submitted.perSecond(now) ?? 0,
      }
    },
  }
}
