import * as z from 'zod'
import { TASKMANAGER_STATES } from './states.ts'

const state = z.enum(TASKMANAGER_STATES)
const instant = z.iso.datetime()

export const receiptAnswer = z.object({ task_id: z.string(), state, submitted_at: instant })

export const taskAnswer = z.object({
  task_id: z.string(),
  state,
  progress: z.number().min(0).max(1).nullable().describe('Null while it has told none.'),
  result: z.unknown().describe('What the handler returned, null while there is nothing.'),
  error: z.string().nullable().describe('Of the last attempt.'),
  error_type: z
    .string()
    .nullable()
    .describe('`QueueTimeoutError` when it waited too long, `TimeoutError` when it ran too long.'),
  submitted_at: instant,
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  subtasks: z.array(z.string()).describe('Ids of the tasks that this one submitted.'),
})

export const cleanupAnswer = z.object({ status: z.literal('success'), message: z.string() })

export const healthAnswer = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  service: z.literal('task-manager-api'),
  version: z.string(),
})

export const errorAnswer = z.object({ detail: z.string() })
