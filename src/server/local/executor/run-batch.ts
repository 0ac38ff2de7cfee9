import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { describeThreadLoss } from './describe-thread-loss.ts'
import {
  type AbortReason,
  type Assignment,
  RECALLED,
  type ThreadAttempt,
  type ThreadEnd,
} from './executor-protocol.ts'
import type { ThreadPool } from './thread-pool.ts'
import { type AttemptWatch, watchAttempt } from './watch-attempt.ts'

/** A batch that takes longer holds the others hostage: those that have not begun are taken back. */
const RECALL_MS = 20
/** How long what a thread told may be on its way once the thread is free. */
const ARRIVAL_MS = 1000

export interface BatchListeners {
  /** An attempt of several is worth telling of: it takes longer, or told something. Those alone were told before. */
  onStarted(assignment: Assignment, at: EpochMs): void
  onEnded(assignment: Assignment, startedAt: EpochMs, at: EpochMs, end: AttemptEnd): void
  /** These have not begun and will not here. */
  onRecalled(assignments: readonly Assignment[]): void
  /** The thread is free, and all that began has ended. Called once. */
  onFree(): void
}

/** Attempts on their way through one thread, one after another. */
export interface BatchRun {
  /** The attempt told something, so it has begun. */
  told(number: number): void
  ended(end: ThreadEnd): void
  /** Asks a running attempt to end; one that has not begun is taken back first. */
  abort(number: number, why: AbortReason, terminate: boolean): void
  /** Takes back what has not begun, and asks what runs to end: the program stops. */
  drain(): void
}

/**
 * Runs `attempts` in one thread. One alone is watched from the start, and its start must have been
 * told; of several, the one that runs is watched only when the batch takes longer than it should.
 * Whatever happens to the thread, each attempt ends or is recalled, once.
 */
export function runBatch(
  pool: Pick<ThreadPool, 'run' | 'abort'>,
  attempts: readonly ThreadAttempt[],
  { startedAt, now }: { readonly startedAt: EpochMs; readonly now: () => EpochMs },
  listeners: BatchListeners,
): BatchRun {
  const buffer = new SharedArrayBuffer(4)
  const begun = new Int32Array(buffer)
  const stop = new AbortController()
  const isAlone = attempts.length === 1
  /** Attempts before this one have ended. */
  let next = 0
  /** Attempts from this one on are not run here. */
  let limit = attempts.length
  let since = startedAt
  let toldAt: EpochMs | null = isAlone ? startedAt : null
  let watch: AttemptWatch | null = null
  let isThreadFree = false
  let isOver = false
  let arrival: NodeJS.Timeout | undefined

  const at = (index: number) => attempts[index]!.assignment
  const recall = isAlone ? undefined : setTimeout(watchCurrent, recallMs(attempts))
  if (isAlone) watch = watchAttempt(pool, at(0), () => stop.abort())

  pool
    .run({ kind: 'run', attempts, begun: buffer }, stop.signal)
    .then(
      () => {
        isThreadFree = true
        if (next < limit) arrival = setTimeout(() => void loseUnlessArrived(), ARRIVAL_MS)
      },
      async (error: unknown) => {
        // What the thread told before it ended is on its way on another port.
        await nextTurn()
        await nextTurn()
        isThreadFree = true
        lose(error)
      },
    )
    .finally(finishWhenOver)

  /** Ends what began and did not end, and gives the rest back: its thread is gone. */
  function lose(error: unknown): void {
    takeBack()
    const end = {
      kind: 'failed',
      error: describeThreadLoss(error),
      mayRetry: true,
      retryAfterMs: null,
    } as const
    while (next < limit) finish(since, now(), end)
    finishWhenOver()
  }

  /** The process itself may have been away: then the time is over before what has arrived is looked at. */
  async function loseUnlessArrived(): Promise<void> {
    await nextTurn()
    await nextTurn()
    lose(new Error('The attempt ended without a word.'))
  }

  /** Keeps the thread from beginning any other. */
  function takeBack(): void {
    const count = isAlone ? 1 : Atomics.exchange(begun, 0, RECALLED)
    if (count === RECALLED || count >= limit) return
    limit = count
    listeners.onRecalled(attempts.slice(count).map(({ assignment }) => assignment))
  }

  /** The one that runs is now alone: nobody waits behind it. */
  function watchCurrent(): void {
    takeBack()
    if (watch !== null || next >= limit || isThreadFree) return
    // Ends that are on their way may stand between; the last one begun is the one that runs.
    tell(limit - 1)
    watch = watchAttempt(pool, at(limit - 1), () => stop.abort())
  }

  let toldIndex = isAlone ? 0 : -1
  function tell(index: number): void {
    if (toldIndex >= index) return
    toldIndex = index
    toldAt = since
    listeners.onStarted(at(index), since)
  }

  function finish(began: EpochMs, endedAt: EpochMs, end: ThreadEnd['end']): void {
    const index = next
    const isWatched = watch !== null && (isAlone || index === limit - 1)
    const judged = isWatched ? watch!.judge(end) : end
    if (isWatched) watch!.close()
    next += 1
    since = endedAt
    listeners.onEnded(at(index), toldIndex === index ? toldAt! : began, endedAt, judged)
  }

  function finishWhenOver(): void {
    if (isOver || !isThreadFree || next < limit) return
    isOver = true
    clearTimeout(recall)
    clearTimeout(arrival)
    listeners.onFree()
  }

  return {
    told(number) {
      if (next < limit && at(next).number === number) tell(next)
    },
    ended(end) {
      if (next >= limit || at(next).number !== end.number) return
      finish(end.startedAt, end.at, end.end)
      finishWhenOver()
    },
    abort(number, why, terminate) {
      if (watch === null) watchCurrent()
      if (next < limit && at(limit - 1).number === number) watch?.abort(why, terminate)
    },
    drain() {
      if (watch === null) watchCurrent()
      watch?.drain()
    },
  }
}

const recallMs = (attempts: readonly ThreadAttempt[]) =>
  Math.min(RECALL_MS, ...attempts.map(({ assignment }) => assignment.timeoutMs))

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
