import * as z from 'zod'
import { TASKQUEUE_STATES } from './states.ts'

const number = z.int().min(1)
const naive = z.string().describe('UTC without a zone, as `2023-10-01T10:00:00`.')
const status = z.enum(TASKQUEUE_STATES)

export const taskAnswer = z.object({
  id: number,
  name: z.string(),
  payload: z.unknown().meta({ type: 'object' }),
  priority: z.int().min(1).max(4),
  scheduled_at: naive.nullable().describe('When it was asked to run; null for as soon as possible.'),
  status,
  created_at: naive,
  updated_at: naive,
  started_at: naive.nullable(),
  completed_at: naive.nullable(),
  worker_id: number.nullable(),
  result: z.unknown().describe('What the handler returned, null while there is nothing.'),
  error: z.string().nullable().describe('Of the last attempt.'),
})
export const taskListAnswer = z.array(taskAnswer)

export const workerAnswer = z.object({
  id: number,
  name: z.string(),
  status: z.string().describe('`active`, `inactive`, `offline`, or what the worker last said of itself.'),
  last_heartbeat: naive,
  created_at: naive,
  updated_at: naive,
})
export const workerListAnswer = z.array(workerAnswer)

export const leaseAnswer = z.object({
  tasks: z.array(
    z.object({
      id: number,
      lease_token: z.string(),
      name: z.string(),
      queue: z.string(),
      attempt: number,
      payload: z.unknown(),
      args: z.unknown(),
      metadata: z.record(z.string(), z.unknown()),
      checkpoint: z.unknown().describe('What an earlier attempt saved; null when none did.'),
      parents: z.unknown().describe("Results of a workflow's parents, by key; null outside of one."),
      parents_error: z.string().nullable(),
      timeout_seconds: z.number(),
      lease_seconds: z.number(),
      lease_until: naive,
    }),
  ),
})

export const renewAnswer = z.object({
  renewed: z.array(z.object({ id: number, lease_until: naive })),
  lost: z.array(number).describe("The worker's no longer: stop, and say nothing more of them."),
  abort: z.array(number).describe('Cancelled or paused: end them with `fail` or `release`.'),
})

export const spokenAnswer = z.object({ id: number, status })

export const errorAnswer = z.object({ detail: z.string() })
