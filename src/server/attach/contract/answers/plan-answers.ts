import * as z from 'zod'
import {
  BULK_ACTIONS,
  type BulkOperation,
  type BulkQuery,
  type BulkSkip,
} from '../../../../shared/domain/bulk-port.ts'
import type {
  Schedule,
  ScheduledTask,
  SchedulePage,
  ScheduleTiming,
} from '../../../../shared/domain/schedule.ts'
import { TASK_STATES } from '../../../../shared/domain/state.ts'
import {
  type Workflow,
  WORKFLOW_STATES,
  type WorkflowPage,
  type WorkflowReceipt,
} from '../../../../shared/domain/workflow.ts'
import {
  backoff,
  count,
  instant,
  jsonText,
  metadata,
  nullableInstant,
  nullableNumber,
  nullableText,
  stateCounts,
} from './fields.ts'

const workflowFields = {
  id: z.string(),
  name: z.string(),
  state: z.enum(WORKFLOW_STATES),
  isFailing: z.boolean(),
  isCancelRequested: z.boolean(),
  total: count,
  ended: z.object({ succeeded: count, failed: count, timedOut: count, cancelled: count, skipped: count }),
  progress: count,
  createdAt: instant,
  finishedAt: nullableInstant,
}
export const workflow: z.ZodType<Workflow> = z.object({
  ...workflowFields,
  counts: stateCounts,
  nodes: z.array(
    z.object({
      key: z.string(),
      parents: z.array(z.string()),
      onFailure: z.enum(['fail', 'skip']),
      taskId: z.string(),
      name: z.string(),
      state: z.enum(TASK_STATES),
      blockedBy: count,
      isTaskDeleted: z.boolean(),
      progress: nullableNumber,
      attempt: count,
      startedAt: nullableInstant,
      finishedAt: nullableInstant,
    }),
  ),
})
export const workflowPage: z.ZodType<WorkflowPage> = z.object({
  workflows: z.array(z.object(workflowFields)),
  next: nullableText,
})
export const workflowReceipt: z.ZodType<WorkflowReceipt> = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instant,
  nodes: z.array(z.object({ key: z.string(), taskId: z.string() })),
  isRepeat: z.boolean(),
})

const timing: z.ZodType<ScheduleTiming> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cron'), expression: z.string(), timeZone: z.string() }),
  z.object({ kind: z.literal('interval'), everyMs: z.number(), anchorAt: instant.optional() }),
])
const scheduledTask: z.ZodType<ScheduledTask> = z.object({
  name: z.string(),
  queue: z.string().optional(),
  args: jsonText.optional(),
  kwargs: jsonText.optional(),
  priority: z.number().optional(),
  timeoutMs: z.number().optional(),
  queueTimeoutMs: z.number().optional(),
  maxRetries: z.number().optional(),
  backoff: backoff.optional(),
  unique: z.object({ key: z.string(), forMs: z.number() }).optional(),
  metadata: metadata.optional(),
})
const scheduleFields = {
  id: z.string(),
  name: z.string(),
  timing,
  missed: z.enum(['skip', 'once']),
  isPaused: z.boolean(),
  taskName: z.string(),
  nextFireAt: nullableInstant,
  lastFireAt: nullableInstant,
  lastTaskId: nullableText,
  lastError: z.object({ at: instant, code: z.string(), message: z.string() }).nullable(),
  fires: count,
  createdAt: instant,
  updatedAt: instant,
}
export const schedule: z.ZodType<Schedule> = z.object({ ...scheduleFields, task: scheduledTask })
export const schedulePage: z.ZodType<SchedulePage> = z.object({
  schedules: z.array(z.object(scheduleFields)),
  next: nullableText,
})
export const instants = z.array(instant)

/** Only shown and handed back: what is in it does not matter here. */
const bulkQuery = z.custom<BulkQuery>((value) => typeof value === 'object' && value !== null)
export const bulkOperation: z.ZodType<BulkOperation> = z.object({
  id: z.string(),
  action: z.enum(BULK_ACTIONS),
  query: bulkQuery,
  priority: nullableNumber,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  reason: nullableText,
  matched: nullableNumber,
  done: count,
  skipped: count,
  reasons: z.record(z.string(), count) as unknown as z.ZodType<Readonly<Partial<Record<BulkSkip, number>>>>,
  createdAt: instant,
  finishedAt: nullableInstant,
})
export const bulkOperations = z.array(bulkOperation)
