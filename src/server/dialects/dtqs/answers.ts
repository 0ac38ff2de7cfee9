import * as z from 'zod'
import { ALERT_TYPES, TOLD_ALERT_TYPES } from '../../../shared/domain/alert.ts'
import { COMPONENTS, DEGRADATION_STRATEGIES } from '../../../shared/domain/resilience.ts'
import { DTQS_STATES, DTQS_WORKER_STATES, DTQS_WORKFLOW_STATES, TIMELINE_EVENTS } from './states.ts'

/** What the operations answer, as the document shows it and with what was added to it. */

const count = z.int().min(0)
const rate = z.number().min(0)
const percentage = z.number().min(0).max(100)
const instant = z.iso.datetime()
const state = z.enum(DTQS_STATES)
const json = z.unknown()

const pageOf = <Item extends z.ZodType>(name: string, item: Item) => ({
  total: count.describe('How many match, on all pages.'),
  limit: count,
  offset: count,
  [name]: z.array(item),
  data: z.array(item).describe(`The same as \`${name}\`.`),
})

export const errorAnswer = z.object({
  detail: z.string(),
  code: z.string(),
  request_id: z.string().describe('Also in the log of the server, beside a failure inside.'),
  timestamp: instant,
})

export const submitAnswer = z.object({
  task_id: z.string(),
  task_name: z.string(),
  status: state,
  priority: count,
  queue_name: z.string(),
  created_at: instant,
})

const taskItem = z.object({
  task_id: z.string(),
  task_name: z.string(),
  status: state,
  priority: count,
  queue_name: z.string(),
  worker_id: z.string().nullable(),
  created_at: instant,
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  retry_count: count.describe('Starts after the first.'),
  max_retries: count,
  error_message: z.string().nullable(),
  error_type: z.string().nullable(),
  attempt: count.describe('Starts so far.'),
  progress: z.number().min(0).max(1).nullable(),
  timeout_seconds: rate,
  scheduled_at: instant.nullable().describe('While it waits for its time.'),
  updated_at: instant,
  original_task_id: z.string().nullable().describe('The task that it runs again.'),
  parent_task_id: z.string().nullable().describe('The task that submitted it.'),
  workflow_id: z.string().nullable(),
})
export const taskAnswer = z.object({
  ...taskItem.shape,
  task_args: json,
  task_kwargs: json,
  result: json,
})
export const taskListAnswer = z.object(pageOf('tasks', taskItem))
export const searchAnswer = z.object({ ...pageOf('tasks', taskItem), page: count })
export const presetAnswer = z.object({ preset: z.string(), ...searchAnswer.shape })
export const presetListAnswer = z.object({
  presets: z.array(z.object({ name: z.string(), description: z.string() })),
})

export const cancelAnswer = z.object({ task_id: z.string(), status: state, message: z.string() })
export const replayAnswer = z.object({
  task_id: z.string().describe('Of the new task.'),
  status: state,
  original_task_id: z.string(),
})

export const timelineAnswer = z.object({
  task_id: z.string(),
  task_name: z.string(),
  status: state,
  created_at: instant,
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  duration_seconds: rate.nullable().describe('Of the last attempt.'),
  retry_count: count,
  original_task_id: z.string().nullable(),
  replayed_as: z.array(z.string()).describe('Ids of the tasks that ran it again.'),
  events: z.array(
    z.object({
      timestamp: instant,
      event_type: z.enum(TIMELINE_EVENTS),
      details: z
        .object({ worker_id: z.string().nullable().optional(), attempt: count.optional() })
        .catchall(z.unknown()),
    }),
  ),
})

const both = <Value extends z.ZodType>(value: Value) => z.object({ task1: value, task2: value })
export const comparisonAnswer = z.object({
  task1_id: z.string(),
  task2_id: z.string(),
  same_function: z.boolean(),
  same_args: z.boolean(),
  same_kwargs: z.boolean(),
  same_priority: z.boolean(),
  same_status: z.boolean(),
  same_error: z.boolean(),
  same_retry_count: z.boolean(),
  timing: z.object({
    task1_duration: rate.nullable(),
    task2_duration: rate.nullable(),
    difference: z.number().nullable(),
  }),
  status: both(state),
  error: both(z.string().nullable()),
  retry_count: both(count),
})

export const registeredAnswer = z.object({
  worker_id: z.string(),
  hostname: z.string(),
  status: z.literal('ACTIVE'),
  capacity: count,
  current_load: count,
})
export const workerAnswer = z.object({
  worker_id: z.string(),
  hostname: z.string(),
  status: z.enum(DTQS_WORKER_STATES),
  capacity: count,
  current_load: count,
  current_tasks: count,
  last_heartbeat: instant,
  is_draining: z.boolean(),
})
export const workerListAnswer = z.object(pageOf('workers', workerAnswer))
export const heartbeatAnswer = z.object({
  ...workerAnswer.shape,
  abort_task_ids: z.array(z.string()).describe('Cancelled or paused: it is to give them up.'),
})
export const steeredAnswer = <Word extends string>(word: Word) =>
  z.object({ worker_id: z.string(), status: z.literal(word) })
export const capacityAnswer = z.object({ worker_id: z.string(), capacity: count })

export const statsAnswer = z.object({
  queue_depth: count.describe('Due, and waiting.'),
  active_workers: count.describe('Those that take tasks, whether they run one or not.'),
  total_workers: count,
  cpu_usage_percent: percentage.describe('Of the machine.'),
  memory_usage_percent: percentage.describe('Of the machine.'),
  total_tasks_submitted: count,
  tasks_completed: count,
  tasks_failed: count,
})
const workerCard = z.object({
  worker_id: z.string(),
  hostname: z.string(),
  status: z.enum(DTQS_WORKER_STATES),
  uptime_seconds: count,
  task_rate: rate.describe('Finished per minute, since it started.'),
  error_rate: rate.describe('Failed per minute, since it started.'),
  capacity_utilization: rate.describe('Part of its capacity in use.'),
})
export const gridAnswer = z.object(pageOf('workers', workerCard))

const figures = {
  completion_rate: percentage,
  average_wait_time_seconds: rate.describe('To within a tenth.'),
  average_run_time_seconds: rate.describe('To within a tenth.'),
  submitted: count,
  completed: count,
  failed: count,
  timed_out: count.describe('Among those that failed.'),
  cancelled: count,
  retried: count,
}
export const trendsAnswer = z.object({
  ...figures,
  peak_loads: z
    .array(z.string())
    .describe('Times of the day (UTC) at which most was submitted, busiest first.'),
  peaks: z
    .array(z.object({ time: z.string(), submitted: count }))
    .describe('The same times, each with how much was submitted.'),
  failure_patterns: z.array(
    z.object({
      error: z.string(),
      count,
      percentage,
      error_type: z.string(),
      error_message: z.string(),
      latest_task_id: z.string(),
    }),
  ),
  failures_total: count.describe('What the percentages of the patterns are of.'),
  period_start: instant,
  period_end: instant,
  series: z.array(z.object({ timestamp: instant, ...figures })),
})

const unit = z.enum(['seconds', 'tasks', 'percent'])
const severity = z.enum(['WARNING', 'CRITICAL'])
export const alertAnswer = z.object({
  alert_id: z.string(),
  type: z
    .enum(TOLD_ALERT_TYPES)
    .describe('`OTHER` of an attached system that watches for something else; its own word is in the text.'),
  severity,
  description: z.string(),
  created_at: instant,
  acknowledged: z.boolean(),
  acknowledged_at: instant.nullable(),
  cleared_at: instant.nullable(),
  queue_name: z.string().nullable(),
  worker_id: z.string().nullable(),
  task_name: z.string().nullable(),
  value: rate.nullable().describe('What was measured, in `unit`; null when it is not known.'),
  threshold: rate.nullable(),
  unit: unit.nullable().describe('Null of `OTHER`.'),
  count: count.describe('Of TASK_TIMEOUT: how many timed out. 1 of all others.'),
  updated_at: instant,
})
export const alertListAnswer = z.object(pageOf('alerts', alertAnswer))
export const ruleAnswer = z.object({
  type: z.enum(ALERT_TYPES),
  severity,
  enabled: z.boolean(),
  threshold: rate.describe('In `unit`.'),
  unit,
  minimum_count: count.describe('Of HIGH_FAILURE_RATE: how many must have finished.'),
  cooldown_seconds: rate.describe('After it was cleared, the same alert is not raised again for so long.'),
})
export const ruleListAnswer = z.object({ rules: z.array(ruleAnswer) })

const service = z.enum(COMPONENTS)
const serviceStatus = z.enum(['healthy', 'unhealthy', 'degraded'])
export const markAnswer = z.object({
  service,
  strategy: z.enum(DEGRADATION_STRATEGIES),
  duration_seconds: rate,
  status: z.literal('degraded'),
  degraded_until: instant,
  fallback_queue: z.string().nullable().describe('Of queue_to_fallback.'),
  max_tasks_per_second: count.nullable().describe('Of reduce_throughput.'),
})
export const clearAnswer = z.object({ service, cleared: z.boolean().describe('Whether there was a mark.') })
export const serviceListAnswer = z.object({
  services: z.array(
    z.object({
      service,
      status: serviceStatus,
      detail: z.string().nullable(),
      strategy: z.enum(DEGRADATION_STRATEGIES).nullable(),
      degraded_since: instant.nullable(),
      degraded_until: instant.nullable(),
      fallback_queue: z.string().nullable().describe('Of queue_to_fallback.'),
      max_tasks_per_second: count.nullable().describe('Of reduce_throughput.'),
      seconds_left: count.nullable(),
    }),
  ),
})
export const summaryAnswer = z.object({
  system_health: z.object({ components_total: count, healthy: count, unhealthy: count }),
  degradation: z.object({ degraded_services_count: count, services: z.array(service) }),
  resilience_score: percentage,
})
export const healthAnswer = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  version: z.string(),
  checks: z.object({
    database: serviceStatus,
    redis: serviceStatus.describe('As `database`; kept for clients that look for it.'),
    workers: serviceStatus,
    scheduler: serviceStatus,
    events: serviceStatus,
    remote_connections: serviceStatus,
  }),
})

export const createdAnswer = z.object({
  workflow_id: z.string(),
  workflow_name: z.string(),
  total_tasks: count,
  task_ids: z.array(z.string()).describe('In the order given.'),
  task_ids_by_name: z.record(z.string(), z.string()),
  created_at: instant,
})
const workflowItem = z.object({
  workflow_id: z.string(),
  workflow_name: z.string(),
  status: z.enum(DTQS_WORKFLOW_STATES),
  total_tasks: count,
  completed: count,
  failed: count,
  timed_out: count.describe('Among those that failed.'),
  cancelled: count,
  skipped: count.describe('Passed over by their own setting, among the others.'),
  is_failing: z.boolean().describe('It runs, and will not succeed any more.'),
  cancel_requested: z.boolean(),
  progress_percent: percentage,
  created_at: instant,
  completed_at: instant.nullable(),
})
export const workflowListAnswer = z.object(pageOf('workflows', workflowItem))
export const workflowAnswer = z.object({
  ...workflowItem.shape,
  running: count,
  pending: count,
  nodes: z.array(
    z.object({
      name: z.string(),
      task_id: z.string(),
      task_name: z.string(),
      status: state,
      waits_for: count.describe('How many of the tasks before it have not ended.'),
      progress: z.number().min(0).max(1).nullable(),
      retry_count: count,
      attempt: count.describe('Starts so far.'),
      task_deleted: z.boolean(),
      on_failure: z.enum(['fail', 'skip']),
      started_at: instant.nullable(),
      completed_at: instant.nullable(),
    }),
  ),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
})
export const workflowCancelAnswer = z.object({
  workflow_id: z.string(),
  status: z.enum(DTQS_WORKFLOW_STATES),
  message: z.string(),
})

export const bulkAnswer = z.object({
  action: z.string(),
  affected_tasks: count,
  total_matched: count,
  skipped_tasks: count,
  skipped_reasons: z.record(z.string(), count),
  operation_id: z.string(),
  status: z.enum(['running', 'done', 'cancelled', 'failed']),
  error_message: z.string().nullable().describe('Why it failed.'),
})

export const leasedTask = z.object({
  task_id: z.string(),
  lease_token: z.string().describe('Everything that is said of the task needs it.'),
  task_name: z.string(),
  task_args: json,
  task_kwargs: json,
  queue_name: z.string(),
  attempt: count,
  metadata: z.record(z.string(), z.unknown()),
  checkpoint: json.describe('What an earlier attempt saved.'),
  parents: z.record(z.string(), z.unknown()).nullable().describe("Results of a workflow's parents, by name."),
  parents_error: z.string().nullable(),
  timeout_seconds: rate,
  lease_seconds: rate,
  lease_until: instant,
})
export const leaseAnswer = z.object({ tasks: z.array(leasedTask) })
export const renewAnswer = z.object({
  renewed: z.array(z.object({ task_id: z.string(), lease_until: instant })),
  lost: z.array(z.string()).describe('No longer its: stop, and say nothing more of them.'),
  abort: z.array(z.string()).describe('Cancelled or paused: end them, and say so with fail or release.'),
})
export const workedAnswer = z.object({ task_id: z.string(), status: state })
