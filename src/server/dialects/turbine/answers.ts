import * as z from 'zod'
import { TURBINE_STATES } from './states.ts'

const count = z.int().min(0)
const rate = z.number().min(0)
const instant = z.iso.datetime()
const state = z.enum(TURBINE_STATES)
const queueName = z.string()

export const healthAnswer = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  uptime_seconds: count,
  version: z.string(),
})

export const overviewAnswer = z.object({
  tasks: z.object({
    total_processed: count,
    pending: count,
    running: count,
    success: count,
    failed: count,
  }),
  queues: z.object({ total: count, active: count }),
  workers: z.object({ total: count, active: count, idle: count }),
  throughput: z.object({ tasks_per_second: rate, tasks_per_minute: rate }),
})

const workerStatus = z.enum(['active', 'idle', 'offline'])

export const workerItem = z.object({
  id: z.string(),
  hostname: z.string(),
  pid: count.describe('0 where it is not known.'),
  status: workerStatus,
  queues: z.array(queueName).readonly(),
  concurrency: count,
  tasks_processed: count,
  current_task: z.string().nullable().describe('As `name[id]`; null when it runs none.'),
  started_at: instant,
  last_heartbeat: instant,
})
export const workerListAnswer = z.object({ workers: z.array(workerItem) })

export const workerDetail = z.object({
  ...workerItem.shape,
  current_task: z
    .object({ task_id: z.string(), task_name: z.string(), started_at: instant })
    .nullable()
    .describe('Of several, the one that has run longest.'),
  statistics: z.object({ success_count: count, failure_count: count, avg_duration_ms: rate }),
})

export const queueItem = z.object({
  name: queueName,
  pending: count,
  processing: count,
  consumers: count,
  throughput: rate.describe('Tasks finished per second, over the last minute.'),
})
export const queueListAnswer = z.object({ queues: z.array(queueItem) })

export const queueDetail = z.object({
  name: queueName,
  pending: count,
  processing: count,
  completed_total: count,
  failed_total: count,
  consumers: count,
  throughput: rate,
  avg_wait_time_ms: rate,
  avg_processing_time_ms: rate,
})

export const queueStatsAnswer = z.object({
  name: queueName,
  period: z.enum(['1h', '24h', '7d', '30d']),
  throughput_timeline: z.array(z.object({ timestamp: instant, tasks_per_minute: rate })),
  state_distribution: z.object({ success: count, failed: count, retry: count, revoked: count }),
})

export const purgeAnswer = z.object({ queue: queueName, purged: count })

export const taskItem = z.object({
  task_id: z.string(),
  task_name: z.string(),
  state,
  queue: queueName,
  created_at: instant,
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
  duration_ms: count.nullable(),
  retries: count,
  worker_id: z.string().nullable(),
})
export const taskListAnswer = z.object({
  tasks: z.array(taskItem),
  total: count,
  limit: count,
  offset: count,
})

const args = z.array(z.unknown()).readonly()
const kwargs = z.record(z.string(), z.unknown()).readonly()

export const taskDetail = z.object({
  task_id: z.string(),
  task_name: z.string(),
  state,
  queue: queueName,
  args,
  kwargs,
  result: z.unknown().describe('Whatever JSON the task returned; null while there is none.'),
  error: z.string().nullable(),
  traceback: z.string().nullable(),
  retries: count,
  max_retries: count,
  created_at: instant,
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
  duration_ms: count.nullable(),
  worker_id: z.string().nullable(),
})

export const revokeAnswer = z.object({ task_id: z.string(), revoked: z.boolean(), state })

export const deadLetter = z.object({
  task_id: z.string(),
  task_name: z.string(),
  args,
  kwargs,
  error: z.string(),
  traceback: z.string().nullable(),
  retries: count,
  failed_at: instant,
  worker_id: z.string().nullable(),
})
export const deadLetterListAnswer = z.object({
  queue: queueName,
  total_failed: count,
  tasks: z.array(deadLetter),
})

export const reprocessAnswer = z.object({
  queue: queueName,
  reprocessed: count,
  new_task_ids: z.array(z.string()),
})

export const errorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
})
