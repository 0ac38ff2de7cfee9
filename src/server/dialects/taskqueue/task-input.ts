import * as z from 'zod'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { toJsonText } from '../../../shared/domain/json.ts'
import type { SubmitTask, Task, TaskChanges, TaskReceipt } from '../../../shared/domain/task.ts'
import type { taskAnswer } from './answers.ts'
import { bodyInstant, jsonObject, orNull, taskName } from '../body-fields.ts'
import { toTaskqueueState } from './states.ts'
import {
  DEFAULT_WIRE_PRIORITY,
  naiveInstant,
  scheduledAtOf,
  toDomainPriority,
  toWirePriority,
  wirePriority,
  withScheduledAt,
} from './wire.ts'

export const createBody = z.object({
  name: taskName,
  payload: jsonObject,
  priority: orNull(wirePriority),
  scheduled_at: orNull(bodyInstant),
})
export type CreateBody = z.output<typeof createBody>

/** What is left out stays; a time of null is as soon as possible. */
export const updateBody = z.object({
  name: taskName.optional(),
  payload: jsonObject.optional(),
  priority: wirePriority.optional(),
  scheduled_at: bodyInstant.nullish(),
})
export type UpdateBody = z.output<typeof updateBody>

export function toSubmitTask({ name, payload, priority, scheduled_at: at }: CreateBody): SubmitTask {
  return {
    name,
    kwargs: toJsonText(payload),
    priority: toDomainPriority(priority ?? DEFAULT_WIRE_PRIORITY),
    ...(at === undefined ? {} : { runAt: at, metadata: withScheduledAt({}, at) }),
  }
}

/** A task that was just made, without asking for it again. */
export function toCreated(
  receipt: TaskReceipt,
  { payload, scheduled_at: at }: CreateBody,
): z.output<typeof taskAnswer> {
  return {
    id: receipt.number,
    name: receipt.name,
    payload,
    priority: toWirePriority(receipt.priority),
    scheduled_at: at === undefined ? null : naiveInstant(at),
    status: toTaskqueueState(receipt.state),
    created_at: naiveInstant(receipt.createdAt),
    updated_at: naiveInstant(receipt.createdAt),
    started_at: null,
    completed_at: null,
    worker_id: null,
    result: null,
    error: null,
  }
}

/** What of `body` is another than the task has; null when nothing is. */
export function toChanges(task: Task, body: UpdateBody): TaskChanges | null {
  const kwargs = body.payload && toJsonText(body.payload)
  const changes: TaskChanges = {
    ...(body.name === undefined || body.name === task.name ? {} : { name: body.name }),
    ...(kwargs === undefined || kwargs === task.kwargs ? {} : { kwargs }),
    ...(body.priority === undefined || body.priority === toWirePriority(task.priority)
      ? {}
      : { priority: toDomainPriority(body.priority) }),
    ...(body.scheduled_at === undefined ? {} : toRunAt(task, body.scheduled_at)),
  }
  return Object.keys(changes).length === 0 ? null : changes
}

function toRunAt(task: Task, at: EpochMs | null): Pick<TaskChanges, 'runAt' | 'metadata'> {
  if (at === scheduledAtOf(task)) return {}
  return { runAt: at ?? 0, metadata: withScheduledAt(task.metadata, at) }
}
