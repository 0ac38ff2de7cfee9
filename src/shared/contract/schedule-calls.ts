import { type } from '@orpc/contract'
import * as z from 'zod'
import type { EpochMs } from '../domain/clock.ts'
import type { Schedule, SchedulePage } from '../domain/schedule.ts'
import type { TaskReceipt } from '../domain/task.ts'
import { byId, instant, page, taskFields, taskName, uniqueness, waitingFields } from './fields.ts'
import { procedure } from './procedure.ts'

const timing = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cron'),
    expression: z.string().min(1).max(200),
    timeZone: z.string().min(1).max(100),
  }),
  z.strictObject({
    kind: z.literal('interval'),
    everyMs: z.number().int(),
    anchorAt: instant.optional(),
  }),
])
const { runAt: _runAt, ...dueAtOnce } = taskFields
const name = z.string().max(1000)
const task = z.strictObject({ name: taskName, ...dueAtOnce, ...waitingFields, ...uniqueness })
const missed = z.enum(['skip', 'once'])

export const scheduleCalls = {
  list: procedure.input(z.strictObject(page)).output(type<SchedulePage>()),
  get: procedure.input(byId).output(type<Schedule>()),
  create: procedure
    .input(
      z.strictObject({ name, timing, task, missed: missed.optional(), isPaused: z.boolean().optional() }),
    )
    .output(type<Schedule>()),
  /** What is left out stays. A new timing counts from now. */
  update: procedure
    .input(
      byId.extend({
        changes: z.strictObject({
          name: name.exactOptional(),
          timing: timing.exactOptional(),
          task: task.exactOptional(),
          missed: missed.optional(),
        }),
      }),
    )
    .output(type<Schedule>()),
  setPaused: procedure.input(byId.extend({ isPaused: z.boolean() })).output(type<Schedule>()),
  runNow: procedure.input(byId).output(type<TaskReceipt>()),
  /** Its tasks stay. */
  delete: procedure.input(byId).output(type<void>()),
  /** The next instants of a timing, whether or not a schedule has it yet. */
  nextFires: procedure
    .input(z.strictObject({ timing, count: z.number().int().min(1).max(100) }))
    .output(type<readonly EpochMs[]>()),
}
