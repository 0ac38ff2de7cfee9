import * as z from 'zod'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { ProgressEntry, Task } from '../../../shared/domain/task.ts'
import { optionalText } from '../read-input.ts'
import type { latestProgressAnswer, progress, progressHistoryAnswer, progressInfoAnswer } from './answers.ts'
import { type EndStatus, toEndStatus } from './states.ts'

/** One entry of a progress stream as this wire tells it. */
export interface ProgressRecord {
  readonly streamId: string
  readonly taskId: string
  /** 0 to 100; 100 only when all is done. */
  readonly percentage: number
  readonly stage: string
  readonly message: string
  readonly at: EpochMs
  /** Set on the last entry of a finished task, and only there. */
  readonly status: EndStatus | null
}

/** What a record is made of, from the store or from an event. */
export type ProgressSource = Pick<ProgressEntry, 'streamId' | 'fraction' | 'stage' | 'message' | 'at'>

export function toRecord(
  taskId: string,
  { streamId, fraction, stage, message, at }: ProgressSource,
): ProgressRecord {
  return {
    streamId,
    taskId,
    percentage: percentageOf(fraction),
    stage: stage ?? '',
    message: message ?? '',
    at,
    status: null,
  }
}

/** Rounded, but a task that is not quite done never reads 100. */
function percentageOf(fraction: number): number {
  return fraction >= 1 ? 100 : Math.max(0, Math.min(99, Math.round(fraction * 100)))
}

/**
 * The records of a task, oldest first. The last one of a finished task is final: its last entry when
 * that is at 100 %, else one made of how and when it ended, so that every finished task has one.
 */
export function toRecords(task: Task, entries: readonly ProgressEntry[]): readonly ProgressRecord[] {
  const records = entries.map((entry) => toRecord(task.id, entry))
  const status = toEndStatus(task.state)
  if (status === null) return records
  const last = records.at(-1)
  if (last?.percentage === 100) return [...records.slice(0, -1), { ...last, status }]
  return [...records, finalRecord(task, status, last)]
}

function finalRecord(task: Task, status: EndStatus, last: ProgressRecord | undefined): ProgressRecord {
  const at = task.finishedAt ?? task.updatedAt
  const messages: Record<EndStatus, string> = {
    completed: 'Done',
    failed: task.error?.message ?? 'Failed',
    cancelled: 'Cancelled',
  }
  return {
    streamId: last === undefined ? `${at}-0` : laterId(last.streamId, at),
    taskId: task.id,
    percentage: status === 'completed' ? 100 : (last?.percentage ?? 0),
    stage: status,
    message: messages[status],
    at,
    status,
  }
}

/** An id of `at`, or the next one when that is not after `id`. */
function laterId(id: string, at: EpochMs): string {
  const { ms, n } = partsOf(id)
  return at > ms ? `${at}-0` : `${ms}-${n + 1}`
}

export const toProgress = ({
  taskId,
  percentage,
  stage,
  message,
  at,
}: ProgressRecord): z.output<typeof progress> => ({
  task_id: taskId,
  percentage,
  stage,
  message,
  timestamp_ms: at,
})

const finality = ({ status }: ProgressRecord) =>
  status === null ? { is_final: false } : { is_final: true, status }

export const toLatest = (record: ProgressRecord): z.output<typeof latestProgressAnswer> => ({
  progress: toProgress(record),
  ...finality(record),
  stream_id: record.streamId,
})

export const toHistoryItem = (
  record: ProgressRecord,
): z.output<typeof progressHistoryAnswer>['history'][number] => ({
  stream_id: record.streamId,
  progress: toProgress(record),
  ...finality(record),
})

/** One frame's data in the stream of several tasks; it tells finality itself, for there is no `done`. */
export const toSharedProgress = (record: ProgressRecord) => ({
  task_id: record.taskId,
  progress: toProgress(record),
  ...(record.status === null ? {} : finality(record)),
})

export const toInfo = (
  taskId: string,
  records: readonly ProgressRecord[],
): z.output<typeof progressInfoAnswer> => ({
  task_id: taskId,
  has_progress: records.length > 0,
  length: records.length,
  first_entry: records[0]?.streamId ?? '',
  last_entry: records.at(-1)?.streamId ?? '',
})

const STREAM_ID = /^\d{1,15}(?:-\d{1,9})?$/

/** `-` and `0` come before every entry, `$` after every entry there is now, as in Redis streams. */
export type StreamStart =
  { readonly kind: 'beginning' } | { readonly kind: 'now' } | { readonly kind: 'id'; readonly id: string }

export function parseStreamStart(text: string): StreamStart | null {
  if (text === '-' || text === '0' || text === '0-0') return { kind: 'beginning' }
  if (text === '$') return { kind: 'now' }
  return STREAM_ID.test(text) ? { kind: 'id', id: text } : null
}

const streamStart = optionalText.transform((text, context) => {
  if (text === undefined) return undefined
  const start = parseStreamStart(text)
  if (start !== null) return start
  context.issues.push({
    code: 'custom',
    input: text,
    message: "must be a stream id, as 1737884800000-0, or '0', '-', '$'",
  })
  return z.NEVER
})

export const historyQuery = z.object({
  start_id: streamStart.describe('Entries from this stream id on; `0` or `-` is the beginning, `$` the end.'),
})
export const progressStreamQuery = z.object({
  history: optionalText.describe('`true` sends what is stored first, as `history` events.'),
  start_id: streamStart.describe(
    'What is stored after this stream id first; `0` for all of it, `$` for new only.',
  ),
})

const MAX_STREAMED_TASKS = 10
export const manyProgressQuery = z.object({
  task_ids: z
    .string('is required, once: ids separated by commas')
    .transform((text) => [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== ''))
    .refine((ids) => ids.length > 0, 'is required: ids separated by commas')
    .refine(
      (ids) => ids.length <= MAX_STREAMED_TASKS,
      `maximum ${MAX_STREAMED_TASKS} tasks can be subscribed at once`,
    )
    .describe(`Ids separated by commas, at most ${MAX_STREAMED_TASKS}.`),
})

/** Below 0 when `one` comes before `other`. An id without its second half is the first of its millisecond. */
export function compareStreamIds(one: string, other: string): number {
  const a = partsOf(one)
  const b = partsOf(other)
  return a.ms === b.ms ? a.n - b.n : a.ms - b.ms
}

function partsOf(id: string): { ms: number; n: number } {
  const [ms, n] = id.split('-')
  return { ms: Number(ms), n: Number(n ?? 0) }
}
