import { type } from '@orpc/contract'
import * as z from 'zod'
import type { TaskPage } from '../domain/broker.ts'
import { TASK_STATES } from '../domain/state.ts'
import type { SubtaskPage } from '../domain/subtask-port.ts'
import type { Attempt, LogEntry, ProgressEntry, Task, TaskReceipt } from '../domain/task.ts'
import {
  byId,
  byNumber,
  id,
  offset,
  page,
  taskConditions,
  taskFields,
  taskName,
  uniqueness,
  waitingFields,
} from './fields.ts'
import { procedure } from './procedure.ts'

const submitTask = z.object({
  name: taskName,
  ...taskFields,
  ...waitingFields,
  ...uniqueness,
  idempotencyKey: z.string().min(1).max(256).optional(),
  parentId: id.optional(),
})

const isDescending = z.boolean()
const sort = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(['priority', 'startedAt', 'finishedAt']), isDescending }),
  z.strictObject({
    by: z.literal('state'),
    groups: z.array(z.array(z.enum(TASK_STATES)).max(TASK_STATES.length)).max(TASK_STATES.length),
    isDescending,
  }),
])

const taskQuery = z.strictObject({
  ...taskConditions,
  ...page,
  ...offset,
  sort: sort.optional(),
  order: z.enum(['newest', 'oldest']).optional(),
})

/** One task, and lists of them. For what is done to many at once see `bulkCalls`. */
export const taskCalls = {
  list: procedure.input(taskQuery).output(type<TaskPage>()),
  /** The same with input and result, for comparing and exporting. */
  listFull: procedure.input(taskQuery).output(type<TaskPage<Task>>()),
  count: procedure.input(taskQuery).output(type<number>()),
  get: procedure.input(byId).output(type<Task>()),
  /** By the number that dialects with integer ids know it by. */
  getByNumber: procedure.input(byNumber).output(type<Task>()),
  attempts: procedure.input(byId).output(type<readonly Attempt[]>()),
  /** Without a limit: 1000. `fromId` is inclusive. */
  progress: procedure
    .input(byId.extend({ fromId: z.string().max(64).optional(), limit: page.limit }))
    .output(type<readonly ProgressEntry[]>()),
  logs: procedure.input(byId).output(type<readonly LogEntry[]>()),
  subtasks: procedure.input(byId.extend(page)).output(type<SubtaskPage>()),
  /** All or nothing. */
  submit: procedure
    .input(z.object({ tasks: z.array(submitTask).min(1).max(10_000) }))
    .output(type<readonly TaskReceipt[]>()),
  cancel: procedure.input(byId.extend({ terminate: z.boolean() })).output(type<Task>()),
  pause: procedure.input(byId).output(type<Task>()),
  resume: procedure.input(byId).output(type<Task>()),
  /** Of a task that waits. */
  update: procedure
    .input(byId.extend({ changes: z.strictObject({ ...taskFields, name: taskName.optional() }) }))
    .output(type<Task>()),
  replay: procedure.input(byId.extend({ changes: z.strictObject(taskFields) })).output(type<TaskReceipt>()),
  delete: procedure.input(byId).output(type<void>()),
}
