import type { EventBatch, EventType } from '../../shared/domain/event.ts'

/** What the broker is asked to leave out before it sends. */
export interface FeedFilter {
  readonly types?: EventType[] | undefined
  readonly queue?: string | undefined
}

export interface FeedRequest {
  /** Resume after this event. */
  readonly after: number
  readonly filter: FeedFilter
  readonly signal: AbortSignal
}

/** Where events come from; handed in, so that tests need no server. */
export interface EventFeed {
  /** Whether there are any; without, it is looked at again and again. Asked before each opening. */
  hasEvents(signal: AbortSignal): Promise<boolean>
  /** The number of the newest event there is. */
  latestSeq(signal: AbortSignal): Promise<number>
  /** Resolves when the stream is open; then yields batches until it breaks or is aborted. */
  open(request: FeedRequest): Promise<AsyncIterable<EventBatch>>
  /** Resolves when the broker answers. */
  look(signal: AbortSignal): Promise<void>
  lookEveryMs(): number
}
