import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Attempt, AttemptOutcome, Task } from '../../../../shared/domain/task.ts'

/** What a task does in one stretch of an attempt. */
export type SegmentKind = 'waiting' | 'claimed' | 'running' | 'backoff'

/** One bar. Places are fractions of the axis, 0 to 1. */
export interface Segment {
  readonly kind: SegmentKind
  readonly start: number
  readonly end: number
  readonly ms: number
}

export interface TimelineRow {
  readonly attempt: number
  readonly segments: readonly Segment[]
  /** Null while the attempt goes on or has not begun. */
  readonly outcome: AttemptOutcome | null
  /** How long it ran; null when it never started. */
  readonly runMs: number | null
}

export interface Timeline {
  readonly startAt: EpochMs
  /** Length of the axis. */
  readonly totalMs: number
  readonly rows: readonly TimelineRow[]
  readonly ticks: readonly { readonly at: number; readonly ms: number }[]
}

type TimedTask = Pick<Task, 'state' | 'attempt' | 'runAt' | 'createdAt' | 'claimedAt' | 'startedAt'>

/** An attempt as far as it has come. */
interface Stretch {
  readonly attempt: number
  readonly dueAt: EpochMs
  readonly claimedAt: EpochMs | null
  readonly startedAt: EpochMs | null
  readonly endedAt: EpochMs | null
  readonly outcome: AttemptOutcome | null
  readonly retryAt: EpochMs | null
}

/** A chart shorter than this would show clock noise. */
const SHORTEST_AXIS_MS = 10
const MAX_TICKS = 7

/**
 * Attempts to scale, on one axis in real time that begins when the first was due. An attempt under way
 * ends at `now`; a wait for a retry reaches to its time, even ahead.
 */
export function layOutTimeline(task: TimedTask, attempts: readonly Attempt[], now: EpochMs): Timeline {
  const stretches = [...attempts.map(toStretch), ...unfinished(task, attempts)]
  const startAt = stretches[0]?.dueAt ?? task.createdAt
  const lastAt = Math.max(startAt, ...stretches.map((stretch) => endOf(stretch, now)))
  const totalMs = Math.max(SHORTEST_AXIS_MS, lastAt - startAt)
  const place = (at: EpochMs) => Math.min(1, Math.max(0, (at - startAt) / totalMs))
  return {
    startAt,
    totalMs,
    rows: stretches.map((stretch) => toRow(stretch, now, place)),
    ticks: tickSteps(totalMs).map((ms) => ({ at: ms / totalMs, ms })),
  }
}

function toStretch(attempt: Attempt): Stretch {
  return { ...attempt, endedAt: attempt.finishedAt }
}

/** The attempt that is not among the finished ones: it runs, or waits for its turn. */
function unfinished(task: TimedTask, attempts: readonly Attempt[]): readonly Stretch[] {
  const last = attempts.at(-1)
  if (isFinal(task.state)) return []
  // Between two attempts, the backoff bar of the one before tells it all.
  if (task.state === 'retrying' && last !== undefined) return []
  const isRunning = task.state === 'running'
  return [
    {
      attempt: isRunning ? task.attempt : (last?.attempt ?? 0) + 1,
      dueAt: task.runAt,
      claimedAt: isRunning ? task.claimedAt : null,
      startedAt: isRunning ? task.startedAt : null,
      endedAt: null,
      outcome: null,
      retryAt: null,
    },
  ]
}

function endOf({ endedAt, retryAt }: Stretch, now: EpochMs): EpochMs {
  return Math.max(endedAt ?? now, retryAt ?? 0)
}

function toRow(stretch: Stretch, now: EpochMs, place: (at: EpochMs) => number): TimelineRow {
  const { attempt, dueAt, claimedAt, startedAt, endedAt, outcome, retryAt } = stretch
  const until = endedAt ?? Math.max(now, dueAt)
  const parts: readonly (readonly [SegmentKind, EpochMs | null, EpochMs | null])[] = [
    ['waiting', dueAt, claimedAt ?? until],
    ['claimed', claimedAt, startedAt ?? until],
    ['running', startedAt, until],
    ['backoff', retryAt === null ? null : endedAt, retryAt],
  ]
  return {
    attempt,
    outcome,
    runMs: startedAt === null ? null : Math.max(0, until - startedAt),
    segments: parts.flatMap(([kind, from, to]): readonly Segment[] =>
      from === null || to === null || to < from || (to === from && kind !== 'running')
        ? []
        : [{ kind, start: place(from), end: place(to), ms: to - from }],
    ),
  }
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 20, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => count * DAY),
]

/** Round moments on an axis of so many milliseconds, the beginning included; at most seven. */
export function tickSteps(totalMs: number): readonly number[] {
  const step =
    STEPS.find((candidate) => totalMs / candidate <= MAX_TICKS - 1) ?? Math.ceil(totalMs / (MAX_TICKS - 1))
  return Array.from({ length: Math.floor(totalMs / step) + 1 }, (_, index) => index * step)
}
