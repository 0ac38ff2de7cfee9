import * as z from 'zod'
import { parseJson } from '../../../shared/domain/json.ts'
import {
  type LeasedTask,
  type LeaseRenewal,
  MAX_WORKER_CONCURRENCY,
} from '../../../shared/domain/worker-port.ts'
import { isoInstant } from '../instant.ts'
import { boundedText, leaseSeconds, leaseToken, toParents } from '../work-fields.ts'
import type { leasedTask, renewAnswer } from './answers.ts'

const MAX_ID_LENGTH = 64

export const renewBody = z.object(
  {
    leases: z
      .array(
        z.object({ task_id: boundedText(MAX_ID_LENGTH), lease_token: leaseToken }),
        'must be a list of leases',
      )
      .max(MAX_WORKER_CONCURRENCY, `must be at most ${MAX_WORKER_CONCURRENCY}`),
    lease_seconds: leaseSeconds,
  },
  'must be an object',
)

export function toLeasedTask(task: LeasedTask): z.output<typeof leasedTask> {
  return {
    task_id: task.taskId,
    lease_token: task.leaseToken,
    task_name: task.name,
    task_args: parseJson(task.args),
    task_kwargs: parseJson(task.kwargs),
    queue_name: task.queue,
    attempt: task.attempt,
    metadata: task.metadata,
    checkpoint: task.checkpoint === null ? null : parseJson(task.checkpoint),
    ...toParents(task),
    timeout_seconds: task.timeoutMs / 1000,
    lease_seconds: task.leaseMs / 1000,
    lease_until: isoInstant(task.leaseUntil),
  }
}

export function toRenewal({ renewed, lost, abort }: LeaseRenewal): z.output<typeof renewAnswer> {
  return {
    renewed: renewed.map(({ taskId, leaseUntil }) => ({
      task_id: taskId,
      lease_until: isoInstant(leaseUntil),
    })),
    lost: [...lost],
    abort: [...abort],
  }
}
