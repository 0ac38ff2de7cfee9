import * as z from 'zod'
import type { TaskPage } from '../../../../shared/domain/broker.ts'
import { TASK_STATES } from '../../../../shared/domain/state.ts'
import {
  type Attempt,
  LOG_LEVELS,
  type LogEntry,
  type ProgressEntry,
  type Task,
  type TaskReceipt,
  type TaskSummary,
} from '../../../../shared/domain/task.ts'
import {
  backoff,
  count,
  instant,
  jsonText,
  metadata,
  nullableInstant,
  nullableNumber,
  nullableText,
} from './fields.ts'

const progress = z.object({
  fraction: z.number().min(0).max(1),
  stage: nullableText,
  message: nullableText,
  at: instant,
})
const error = z.object({
  type: z.string(),
  message: z.string(),
  traceback: nullableText,
  cause: nullableText,
})

const summaryFields = {
  id: z.string(),
  number: z.int(),
  name: z.string(),
  queue: z.string(),
  priority: z.number(),
  state: z.enum(TASK_STATES),
  runAt: instant,
  timeoutMs: z.number(),
  queueTimeoutMs: nullableNumber,
  maxRetries: count,
  attempt: count,
  excusedAttempts: count,
  crashes: count,
  backoff,
  uniqueKey: nullableText,
  uniqueUntil: nullableInstant,
  idempotencyKey: nullableText,
  metadata,
  progress: progress.nullable(),
  error: error.nullable(),
  workerId: nullableText,
  parentId: nullableText,
  workflowId: nullableText,
  blockedBy: count,
  replayOf: nullableText,
  isDeadLetter: z.boolean(),
  isCancelRequested: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  claimedAt: nullableInstant,
  startedAt: nullableInstant,
  finishedAt: nullableInstant,
}
const summary: z.ZodType<TaskSummary> = z.object(summaryFields)

export const task: z.ZodType<Task> = z.object({
  ...summaryFields,
  args: jsonText,
  kwargs: jsonText,
  result: jsonText.nullable(),
})
export const taskPage: z.ZodType<TaskPage> = z.object({ tasks: z.array(summary), next: nullableText })
export const fullTaskPage: z.ZodType<TaskPage<Task>> = z.object({ tasks: z.array(task), next: nullableText })

export const receipt: z.ZodType<TaskReceipt> = z.object({
  id: z.string(),
  number: z.int(),
  name: z.string(),
  queue: z.string(),
  state: z.enum(TASK_STATES),
  priority: z.number(),
  runAt: instant,
  createdAt: instant,
  isRepeat: z.boolean(),
})
export const receipts = z.array(receipt)

export const attempts: z.ZodType<readonly Attempt[]> = z.array(
  z.object({
    attempt: count,
    workerId: nullableText,
    dueAt: instant,
    claimedAt: instant,
    startedAt: nullableInstant,
    finishedAt: instant,
    outcome: z.enum(['succeeded', 'failed', 'timed_out', 'cancelled', 'paused', 'lost']),
    error: error.nullable(),
    retryAt: nullableInstant,
  }),
)
export const progressEntries: z.ZodType<readonly ProgressEntry[]> = z.array(
  progress.extend({ streamId: z.string(), attempt: count }),
)
export const logEntries: z.ZodType<readonly LogEntry[]> = z.array(
  z.object({ at: instant, attempt: count, level: z.enum(LOG_LEVELS), message: z.string() }),
)
