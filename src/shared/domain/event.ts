import type { EpochMs } from './clock.ts'
import type { Json } from './json.ts'

/** Domain model, "Event". */
export const EVENT_TYPES = [
  'task.submitted',
  'task.scheduled',
  'task.claimed',
  'task.started',
  'task.progress',
  'task.log',
  'task.succeeded',
  'task.failed',
  'task.retrying',
  'task.timed_out',
  'task.cancelled',
  'task.paused',
  'task.resumed',
  'task.replayed',
  'task.deleted',
  'worker.connected',
  'worker.disconnected',
  'worker.paused',
  'worker.resumed',
  'worker.draining',
  'queue.paused',
  'queue.resumed',
  'queue.purged',
  'alert.raised',
  'alert.acknowledged',
  'alert.cleared',
] as const

export type EventType = (typeof EVENT_TYPES)[number]

/**
 * Something that happened, and is on disk. Append-only, ordered by `seq`, which never repeats.
 *
 * `data` of every `task.…` event has `name` (string), `number` and `attempt` (integers), and where the
 * event changed it, the new `state`. Besides:
 * `scheduled` and `retrying`: `runAt` (epoch ms); a `scheduled` whose state is `pending` is due now, and
 * one of a workflow's nodes has `blockedBy`, the parents it waits for;
 * `retrying` also `error: { type, message }`, `runMs`, and the state `pending` after a lost worker;
 * `progress`: `fraction`, `stage`, `message`, `streamId`; `log`: `level`, `message`;
 * `succeeded`: `runMs`; `failed`, `timed_out`: `error: { type, message }`, `runMs`;
 * `replayed` (on the new task): `replayOf`; `submitted`: `priority`.
 * `worker.connected`: `hostname`, `queues`; `worker.disconnected`: `reason`; `queue.purged`: `count`.
 * `alert.…`: `alertId`, `alertType`, `severity`, `message`, `name` (of tasks, or null), `count`.
 */
export interface BrokerEvent {
  readonly seq: number
  readonly type: EventType
  readonly at: EpochMs
  readonly taskId: string | null
  readonly queue: string | null
  readonly workerId: string | null
  readonly data: Readonly<Record<string, Json>>
}

/** What a subscriber receives: events in order, and how many it was too slow for just before them. */
export interface EventBatch {
  readonly events: readonly BrokerEvent[]
  readonly missed: number
}

export interface EventFilter {
  readonly types?: readonly EventType[] | undefined
  readonly taskIds?: readonly string[] | undefined
  readonly queue?: string | undefined
}
