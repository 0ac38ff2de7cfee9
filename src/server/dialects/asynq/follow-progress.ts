import type { Broker, EventSubscription } from '../../../shared/domain/broker.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { BrokerEvent, EventType } from '../../../shared/domain/event.ts'
import { compareStreamIds, type ProgressRecord, toRecord } from './progress-wire.ts'
import { readProgress, type TaskProgress } from './read-progress.ts'
import type { EndStatus } from './states.ts'

/** What a client that follows tasks is told. */
export type ProgressNews =
  | { readonly kind: 'progress'; readonly record: ProgressRecord }
  /** `record` is the final one, null when it could no longer be read; `isNew` when it was not told as progress. */
  | {
      readonly kind: 'end'
      readonly taskId: string
      readonly status: EndStatus
      readonly record: ProgressRecord | null
      readonly isNew: boolean
    }
  | { readonly kind: 'gone'; readonly taskId: string }

/** A task that is followed. */
export interface Followed {
  readonly taskId: string
  /** Entries up to this id have been told, or were not asked for; null for none. */
  toldUpTo: string | null
}

const ENDS: Partial<Record<EventType, EndStatus>> = {
  'task.succeeded': 'completed',
  'task.failed': 'failed',
  'task.timed_out': 'failed',
  'task.cancelled': 'cancelled',
}

/** Subscribe before reading what is stored: what lies between would be lost otherwise. */
export function subscribeToProgress(broker: Broker, taskIds: readonly string[]): EventSubscription {
  const types = ['task.progress', 'task.deleted', ...(Object.keys(ENDS) as EventType[])] as const
  return broker.subscribe({ filter: { taskIds, types } })
}

/**
 * Tells what happens to `followed`, each entry once and in order, until all of them ended, or the
 * subscription is closed. What the subscription missed is read from the store.
 */
export async function* followProgress(
  broker: Broker,
  subscription: EventSubscription,
  followed: readonly Followed[],
): AsyncGenerator<readonly ProgressNews[]> {
  const open = new Map(followed.map((task) => [task.taskId, task]))
  if (open.size === 0) return
  for await (const { events, missed } of subscription) {
    const news: ProgressNews[] = []
    const told = (task: Followed, ...items: readonly ProgressNews[]) => {
      news.push(...items)
      if (items.some(({ kind }) => kind !== 'progress')) open.delete(task.taskId)
    }
    if (missed > 0) for (const task of open.values()) told(task, ...(await catchUp(broker, task)))
    for (const event of events) {
      const task = open.get(event.taskId ?? '')
      if (task === undefined) continue
      if (event.type === 'task.progress') told(task, ...newsOf(task, [recordOf(event)]))
      else if (event.type === 'task.deleted') told(task, { kind: 'gone', taskId: task.taskId })
      else told(task, ...(await catchUp(broker, task, ENDS[event.type])))
    }
    yield news
    if (open.size === 0) return
  }
}

/** News of everything that is stored and was not told, the end included. */
export function newsSince(task: Followed, { records, end }: TaskProgress): readonly ProgressNews[] {
  if (end === null) return newsOf(task, records)
  const record = records.at(-1) ?? null
  const isNew = record !== null && isAfter(record, task.toldUpTo)
  return [
    ...newsOf(task, records.slice(0, -1)),
    { kind: 'end', taskId: task.taskId, status: end, record, isNew },
  ]
}

/** @param end how an event said that the task ended, for when it is deleted before it can be read. */
async function catchUp(broker: Broker, task: Followed, end?: EndStatus): Promise<readonly ProgressNews[]> {
  try {
    return newsSince(task, await readProgress(broker, task.taskId))
  } catch (error) {
    if (!isBrokerError(error, 'TASK_NOT_FOUND')) throw error
    return end === undefined
      ? [{ kind: 'gone', taskId: task.taskId }]
      : [{ kind: 'end', taskId: task.taskId, status: end, record: null, isNew: false }]
  }
}

function newsOf(task: Followed, records: readonly ProgressRecord[]): readonly ProgressNews[] {
  const fresh = records.filter((record) => isAfter(record, task.toldUpTo))
  task.toldUpTo = fresh.at(-1)?.streamId ?? task.toldUpTo
  return fresh.map((record) => ({ kind: 'progress', record }))
}

function isAfter({ streamId }: ProgressRecord, id: string | null): boolean {
  return id === null || compareStreamIds(streamId, id) > 0
}

function recordOf({ taskId, at, data }: BrokerEvent): ProgressRecord {
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : null)
  return toRecord(taskId ?? '', {
    streamId: text('streamId') ?? `${at}-0`,
    fraction: Number(data['fraction'] ?? 0),
    stage: text('stage'),
    message: text('message'),
    at,
  })
}
