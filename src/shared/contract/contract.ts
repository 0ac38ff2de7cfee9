import { eventIterator, type } from '@orpc/contract'
import * as z from 'zod'
import type { BrokerHealth } from '../domain/broker.ts'
import type { Overview } from '../domain/overview.ts'
import type { Capabilities, Coverage } from '../domain/capabilities.ts'
import { EVENT_TYPES, type EventBatch } from '../domain/event.ts'
import type { ProgramVersions } from '../domain/program-versions.ts'
import { PERIODS, type Stats, type TaskTotals } from '../domain/queue.ts'
import { MAX_TREND_HOURS, MIN_TREND_HOURS, type Trends } from '../domain/trends.ts'
import type { HandlerList } from '../domain/worker.ts'
import { alertCalls } from './alert-calls.ts'
import { backupCalls } from './backup-calls.ts'
import { bulkCalls } from './bulk-calls.ts'
import { connectionCalls } from './connection-calls.ts'
import { deadLetterCalls } from './dead-letter-calls.ts'
import { jsonText, queueName, taskName } from './fields.ts'
import { procedure } from './procedure.ts'
import { queueCalls } from './queue-calls.ts'
import { resilienceCalls } from './resilience-calls.ts'
import { scheduleCalls } from './schedule-calls.ts'
import { taskCalls } from './task-calls.ts'
import { workerCalls } from './worker-calls.ts'
import { workflowCalls } from './workflow-calls.ts'

/** Of an answer over HTTP that is not live: where it comes from (`AnswerOrigin`), as JSON. */
export const ORIGIN_HEADER = 'x-penstock-origin'

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
  readonly coverage: Coverage
  readonly listeners: readonly ListenerInfo[]
  readonly dataFolder: string
  readonly tasksFolder: string
  /** Whether the tasks folder can be opened from here (in the desktop app). */
  readonly canOpenFolders: boolean
  /** Whether every call over HTTP needs the key that Penstock was started with. */
  readonly isKeyRequired: boolean
}

/** What the window may ask, and what it is told. One router serves it over HTTP and over a MessagePort. */
export const contract = {
  system: {
    status: procedure.output(type<SystemStatus>()),
    health: procedure.output(type<BrokerHealth>()),
    /** The program that is asked, whatever broker it shows. */
    about: procedure.output(type<ProgramVersions>()),
    /** Opens the tasks folder in the file manager; only where `canOpenFolders`. */
    openTasksFolder: procedure.output(type<void>()),
    /** Text that helps to find out what is wrong, fit for strangers: nothing of any task, no key. */
    diagnostics: procedure.output(type<string>()),
  },
  overview: procedure.output(type<Overview>()),
  stats: procedure
    .input(z.object({ queue: queueName.optional(), period: z.enum(PERIODS) }))
    .output(type<Stats>()),
  /** Peak loads and what failed most, of the last hours. */
  trends: procedure
    .input(
      z.object({
        hours: z.number().int().min(MIN_TREND_HOURS).max(MAX_TREND_HOURS),
        step: z.enum(['hour', 'day']),
      }),
    )
    .output(type<Trends>()),
  /** Since the broker's first day, by queue and task name. */
  taskTotals: procedure.output(type<readonly TaskTotals[]>()),
  tasks: taskCalls,
  bulk: bulkCalls,
  queues: queueCalls,
  deadLetters: deadLetterCalls,
  workers: workerCalls,
  workflows: workflowCalls,
  schedules: scheduleCalls,
  alerts: alertCalls,
  resilience: resilienceCalls,
  /** Of the program that is asked, whatever broker it shows. */
  connections: connectionCalls,
  backups: backupCalls,
  handlers: procedure.output(type<HandlerList>()),
  /** What a handler has against an input; null for nothing, and when nobody can tell. */
  checkInput: procedure
    .input(z.object({ name: taskName, args: jsonText, kwargs: jsonText }))
    .output(type<string | null>()),
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
