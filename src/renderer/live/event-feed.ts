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
  /** The number of the newest event there is. */
  latestSeq(signal: AbortSignal): Promise<number>
  /** Resolves when the stream is open; then yields batches until it breaks or is aborted. */
  open(request: FeedRequest): Promise<AsyncIterable<EventBatch>>
}
