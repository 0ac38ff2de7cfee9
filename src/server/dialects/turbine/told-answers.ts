import * as z from 'zod'
import { amount, anyJson, count, id, instantText, remark, word } from '../../attach/answer-fields.ts'
import { TURBINE_STATES } from './states.ts'

/**
 * The answers of a server elsewhere, as the document prints them: what it prints as null may be left out, and
 * what it does not print is not looked at.
 */

const state = z.enum(TURBINE_STATES)
const maybe = <Field extends z.ZodType>(field: Field) => field.nullish().transform((value) => value ?? null)
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).max(10_000)

export const toldHealth = z.object({ status: word, uptime_seconds: amount, version: word })

export const toldOverview = z.object({
  tasks: z.object({ pending: count, running: count, success: count, failed: count }),
  queues: z.object({ total: count, active: count }),
  workers: z.object({ total: count, active: count, idle: count }),
  throughput: z.object({ tasks_per_second: amount }),
})

const worker = z.object({
  id,
  hostname: word,
  pid: maybe(count),
  status: z.enum(['active', 'idle', 'offline']),
  queues: listOf(word),
  concurrency: count,
  tasks_processed: count,
  started_at: instantText,
  last_heartbeat: instantText,
})
export const toldWorkers = z.object({ workers: listOf(worker) })
export const toldWorker = worker.extend({
  current_task: maybe(z.object({ task_id: id, task_name: word, started_at: instantText })),
  statistics: z.object({ success_count: count, failure_count: count, avg_duration_ms: maybe(amount) }),
})

const queue = z.object({
  name: id,
  pending: count,
  processing: count,
  consumers: count,
  throughput: amount,
})
export const toldQueues = z.object({ queues: listOf(queue) })
export const toldQueue = queue.extend({ completed_total: count, failed_total: count })

export const toldPurge = z.object({ purged: count })

const times = {
  started_at: maybe(instantText),
  finished_at: maybe(instantText),
  retries: count.default(0),
  worker_id: maybe(word),
}
const task = z.object({
  task_id: id,
  task_name: word,
  state,
  queue: word,
  created_at: instantText,
  ...times,
})
export const toldTasks = z.object({ tasks: listOf(task), total: count })
const failure = { error: maybe(z.string()), traceback: maybe(z.string()) }
export const toldTask = task.extend({
  args: anyJson,
  kwargs: anyJson,
  result: anyJson,
  max_retries: count,
  ...failure,
})

export const toldRevoke = z.object({ task_id: id, state })

export const toldDeadLetters = z.object({
  total_failed: count,
  tasks: listOf(
    z.object({
      task_id: id,
      task_name: word,
      ...failure,
      retries: count.default(0),
      failed_at: instantText,
      worker_id: maybe(word),
    }),
  ),
})

export const toldReprocess = z.object({ new_task_ids: listOf(id) })

/** The document's own shape, and that of its "Response Format". */
export const toldError = z.object({
  error: z.union([
    z.object({ code: word, message: remark, details: z.record(z.string(), z.unknown()).catch({}) }),
    remark.transform((message) => ({ code: '', message, details: {} as Record<string, unknown> })),
  ]),
})

export const toldEvent = z.looseObject({
  type: word,
  task_id: maybe(word),
  task_name: maybe(word),
  queue: maybe(word),
  worker_id: maybe(word),
  timestamp: instantText.optional(),
})

export type ToldWorker = z.output<typeof toldWorker>
export type ToldQueue = z.output<typeof toldQueue>
export type ToldOverview = z.output<typeof toldOverview>
export type ToldTask = z.output<typeof toldTask>
export type ToldTaskItem = z.output<typeof task>
export type ToldDeadLetter = z.output<typeof toldDeadLetters>['tasks'][number]
