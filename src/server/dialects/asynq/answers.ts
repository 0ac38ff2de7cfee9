import * as z from 'zod'
import { ASYNQ_STATES } from './states.ts'

const count = z.int().min(0)
const state = z.enum(ASYNQ_STATES)
const endStatus = z.enum(['completed', 'failed', 'cancelled'])
const streamId = z.string().describe('As `1737884800000-0`.')

export const submitAnswer = z.object({
  task_id: z.string(),
  queue: z.string(),
  status: state,
})

export const taskAnswer = z.object({
  id: z.string(),
  queue: z.string(),
  type: z.string(),
  state,
  max_retry: count,
  retried: count.describe('Retries, not starts.'),
  last_err: z.string().describe('Empty when there was none.'),
  next_process_at: z.iso.datetime(),
})

export const taskItem = z.object({ id: z.string(), queue: z.string(), type: z.string(), state })
export const taskListAnswer = z.array(taskItem)

export const messageAnswer = z.object({ message: z.string() })

export const progress = z.object({
  task_id: z.string(),
  percentage: z.int().min(0).max(100),
  stage: z.string(),
  message: z.string(),
  timestamp_ms: count,
})

const finality = {
  is_final: z.boolean(),
  status: endStatus.optional().describe('Only where `is_final`.'),
}

export const latestProgressAnswer = z.object({ progress, ...finality, stream_id: streamId })

export const progressHistoryAnswer = z.object({
  task_id: z.string(),
  count,
  history: z.array(z.object({ stream_id: streamId, progress, ...finality })),
})

export const progressInfoAnswer = z.object({
  task_id: z.string(),
  has_progress: z.boolean(),
  length: count,
  first_entry: z.string().describe('Empty when there is none.'),
  last_entry: z.string().describe('Empty when there is none.'),
})

export const queueStats = z.object({
  queue: z.string(),
  pending: count,
  active: count,
  scheduled: count,
  retry: count,
  archived: count,
  completed: count,
})
export const queueStatsAnswer = z.array(queueStats)

const health = z.enum(['healthy', 'unhealthy'])
export const healthAnswer = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  timestamp: z.iso.datetime(),
  services: z.object({ redis: health, store: health }),
})

export const readyAnswer = z.object({ status: z.literal('ready') })
export const notReadyAnswer = z.object({ status: z.literal('not ready'), reason: z.string() })
export const liveAnswer = z.object({ status: z.literal('alive') })

export const errorAnswer = z.object({
  error: z.string(),
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
})
