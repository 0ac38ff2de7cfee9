import type { EventBatch } from '../../shared/domain/event.ts'
import type { FeedOpening } from './apply-batch.ts'
import type { EventFeed, FeedFilter } from './event-feed.ts'
import { reconnectDelayMs, resumePoint } from './reconnect.ts'

/** Runs something later; answers how to cancel it. */
export type SetTimer = (run: () => void, ms: number) => () => void

export interface FollowOptions {
  readonly feed: EventFeed
  readonly filter: FeedFilter
  /** How many earlier events to fetch at first. */
  readonly history: number
  readonly random: () => number
  readonly setTimer: SetTimer
  /** The last event seen; null when none was. Asked before each attempt. */
  readonly lastSeq: () => number | null
  readonly onOpen: (opening: FeedOpening) => void
  readonly onBatch: (batch: EventBatch) => void
  /** A broker without events was there: what is shown may be asked again. */
  readonly onLook?: () => void
  readonly onLoss: () => void
}

/**
 * Follows a feed until `signal` is aborted: opens it, hands on its batches, and when it breaks opens it
 * again after a growing pause, right where it stopped. A broker without events is looked at regularly. Never
 * throws.
 */
export async function followFeed(options: FollowOptions, signal: AbortSignal): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      if (!(await options.feed.hasEvents(signal))) {
        await lookAgainAndAgain(options, signal, () => {
          failures = 0
        })
        continue
      }
      const latestSeq = await options.feed.latestSeq(signal)
      const { after, missed } = resumePoint(options.lastSeq(), latestSeq, options.history)
      const batches = await options.feed.open({ after, filter: options.filter, signal })
      options.onOpen({ after, missed, latestSeq })
      failures = 0
      for await (const batch of batches) options.onBatch(batch)
    } catch {
      // Why it broke is no matter: the reader is told that it did, and it is opened again.
    }
    if (signal.aborted) return
    options.onLoss()
    failures += 1
    await pause(reconnectDelayMs(failures, options.random), options.setTimer, signal)
  }
}

/** Until it is aborted, or the broker does not answer. */
async function lookAgainAndAgain(
  { feed, onLook, setTimer }: FollowOptions,
  signal: AbortSignal,
  onAnswer: () => void,
): Promise<void> {
  while (!signal.aborted) {
    await feed.look(signal)
    if (signal.aborted) return
    onAnswer()
    onLook?.()
    await pause(feed.lookEveryMs(), setTimer, signal)
  }
}

function pause(ms: number, setTimer: SetTimer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      cancel()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = setTimer(finish, ms)
    signal.addEventListener('abort', finish)
  })
}
