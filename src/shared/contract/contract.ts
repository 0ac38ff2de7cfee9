import { eventIterator, oc, type } from '@orpc/contract'
import * as z from 'zod'
import type { BrokerHealth, Capabilities, FailureGroup, Overview, TaskPage } from '../domain/broker.ts'
import { EVENT_TYPES, type EventBatch } from '../domain/event.ts'
import { findJsonExcess, type JsonText } from '../domain/json.ts'
import {
  MAX_DURATION_MS,
  MAX_EPOCH_MS,
  MAX_MAX_RETRIES,
  MAX_METADATA_KEYS,
  MAX_PAGE_SIZE,
  MAX_PRIORITY,
  MAX_TASK_NAME_LENGTH,
  MIN_PRIORITY,
  QUEUE_NAME_PATTERN,
} from '../domain/limits.ts'
import { PERIODS, type Queue, type Stats } from '../domain/queue.ts'
import { TASK_STATES } from '../domain/state.ts'
import type { Attempt, LogEntry, ProgressEntry, Task, TaskReceipt } from '../domain/task.ts'
import type { HandlerList, Worker } from '../domain/worker.ts'

/** What the window may ask, and what it is told. One router serves it over HTTP and over a MessagePort. */

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
const jsonText = z
  .string()
  .refine(isJson, 'must be JSON')
  .refine((text) => findJsonExcess(text) === null, 'is nested too deep or has too many keys')
  .transform((text) => text as JsonText)

const taskId = z.object({ id: z.string().min(1).max(64) })
const queueName = z.string().regex(QUEUE_NAME_PATTERN)
const durationMs = z.number().int().min(1).max(MAX_DURATION_MS)

const taskFields = {
  queue: queueName.optional(),
  args: jsonText.optional(),
  kwargs: jsonText.optional(),
  priority: z.number().int().min(MIN_PRIORITY).max(MAX_PRIORITY).optional(),
  runAt: z.number().int().min(0).max(MAX_EPOCH_MS).optional(),
  timeoutMs: durationMs.optional(),
  maxRetries: z.number().int().min(0).max(MAX_MAX_RETRIES).optional(),
  metadata: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .refine((tags) => Object.keys(tags).length <= MAX_METADATA_KEYS, `at most ${MAX_METADATA_KEYS} keys`)
    .optional(),
}

const submitTask = z.object({ name: z.string().min(1).max(MAX_TASK_NAME_LENGTH), ...taskFields })

const taskQuery = z.object({
  states: z.array(z.enum(TASK_STATES)).optional(),
  queue: queueName.optional(),
  name: z.string().max(MAX_TASK_NAME_LENGTH).optional(),
  isDeadLetter: z.boolean().optional(),
  text: z.string().max(256).optional(),
  order: z.enum(['newest', 'oldest']).optional(),
  limit: z.number().int().min(1).max(MAX_PAGE_SIZE).optional(),
  cursor: z.string().max(200).optional(),
})

/** Where a listener can be reached, and what it speaks. */
export interface ListenerInfo {
  /** As `http://127.0.0.1:8080`. */
  readonly address: string
  readonly dialects: readonly string[]
}

export interface SystemStatus {
  readonly version: string
  readonly brokerName: string
  readonly capabilities: Capabilities
  readonly listeners: readonly ListenerInfo[]
  readonly dataFolder: string
  readonly tasksFolder: string
  /** Whether the tasks folder can be opened from here (in the desktop app). */
  readonly canOpenFolders: boolean
}

/**
 * Code of every refusal, as the `data` of an error; see `domain/errors.ts`. Input that does not fit
 * this contract is refused the same way, as `INVALID_REQUEST` with the `path` of the field.
 */
const failures = {
  REFUSED: { status: 422, data: type<{ readonly code: string; readonly details: unknown }>() },
}
const procedure = oc.errors(failures)

export const contract = {
  system: {
    status: procedure.output(type<SystemStatus>()),
    health: procedure.output(type<BrokerHealth>()),
    /** Opens the tasks folder in the file manager; only where `canOpenFolders`. */
    openTasksFolder: procedure.output(type<void>()),
  },
  overview: procedure.output(type<Overview>()),
  stats: procedure
    .input(z.object({ queue: queueName.optional(), period: z.enum(PERIODS) }))
    .output(type<Stats>()),
  tasks: {
    list: procedure.input(taskQuery).output(type<TaskPage>()),
    count: procedure.input(taskQuery).output(type<number>()),
    get: procedure.input(taskId).output(type<Task>()),
    attempts: procedure.input(taskId).output(type<readonly Attempt[]>()),
    progress: procedure.input(taskId).output(type<readonly ProgressEntry[]>()),
    logs: procedure.input(taskId).output(type<readonly LogEntry[]>()),
    /** All or nothing. */
    submit: procedure
      .input(z.object({ tasks: z.array(submitTask).min(1).max(10_000) }))
      .output(type<readonly TaskReceipt[]>()),
    cancel: procedure.input(taskId.extend({ terminate: z.boolean() })).output(type<Task>()),
    replay: procedure.input(taskId.extend({ changes: z.object(taskFields) })).output(type<TaskReceipt>()),
    delete: procedure.input(taskId).output(type<void>()),
  },
  queues: {
    list: procedure.output(type<readonly Queue[]>()),
    setPaused: procedure.input(z.object({ name: queueName, isPaused: z.boolean() })).output(type<Queue>()),
  },
  deadLetters: {
    groups: procedure
      .input(z.object({ queue: queueName.optional(), limit: z.number().int().min(1).max(100) }))
      .output(type<readonly FailureGroup[]>()),
  },
  workers: { list: procedure.output(type<readonly Worker[]>()) },
  handlers: procedure.output(type<HandlerList>()),
  sample: {
    /**
     * Starts the sample load: 2,000 tasks over about a minute in the queue `sample`, some of which
     * fail. Starting it while it runs changes nothing. Stops with the program.
     */
    run: procedure.output(type<{ readonly queue: string; readonly tasks: number }>()),
    status:
      procedure.output(
        type<{ readonly isRunning: boolean; readonly submitted: number; readonly tasks: number }>(),
      ),
    /** Stops it and deletes every task of the queue `sample` that is not running; answers how many. */
    clear: procedure.output(type<number>()),
  },
  /** At most about 20 batches a second, however many events there are. */
  events: procedure
    .input(
      z.object({
        after: z.number().int().min(0).optional(),
        types: z.array(z.enum(EVENT_TYPES)).optional(),
        queue: queueName.optional(),
        taskIds: z.array(z.string().max(64)).max(100).optional(),
      }),
    )
    .output(eventIterator(type<EventBatch>())),
}

export type Contract = typeof contract
