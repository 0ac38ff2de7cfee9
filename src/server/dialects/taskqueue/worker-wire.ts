import * as z from 'zod'
import { parseJson } from '../../../shared/domain/json.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import {
  type LeasedTask,
  MAX_WORKER_CONCURRENCY,
  type WorkerRegistration,
} from '../../../shared/domain/worker-port.ts'
import { orNull } from '../body-fields.ts'
import { boundedText, concurrency, leaseSeconds, leaseToken, names, toParents } from '../work-fields.ts'
import { naiveInstant } from './wire.ts'

const MAX_NAME_LENGTH = 256
const MAX_STATUS_LENGTH = 50
/** `name` is the document's; what tells more of a worker may be left out. */
export const registerBody = z.object({
  name: boundedText(MAX_NAME_LENGTH),
  queues: orNull(names),
  task_names: orNull(names),
  concurrency: orNull(concurrency),
  pid: orNull(z.int('must be a whole number').min(0, 'must be 0 or more')),
})

export const statusBody = z.object({ status: boundedText(MAX_STATUS_LENGTH) })

const taskNumber = z.int('must be an integer').min(1, 'must be 1 or more')

export const renewBody = z.object({
  leases: z
    .array(z.object({ id: taskNumber, lease_token: leaseToken }), 'must be a list of leases')
    .max(MAX_WORKER_CONCURRENCY, `must be at most ${MAX_WORKER_CONCURRENCY}`),
  lease_seconds: leaseSeconds,
})

export function toRegistration(body: z.output<typeof registerBody>): WorkerRegistration {
  return {
    hostname: body.name,
    pid: body.pid,
    queues: body.queues,
    names: body.task_names,
    concurrency: body.concurrency ?? 1,
  }
}

/** The plain word of a worker that says nothing of itself. */
const ACTIVE_STATUS = 'active'

export function toWorker(worker: Worker) {
  return {
    id: worker.number,
    name: worker.hostname,
    status: toWorkerStatus(worker),
    last_heartbeat: naiveInstant(worker.lastHeartbeatAt),
    created_at: naiveInstant(worker.startedAt),
    updated_at: naiveInstant(worker.updatedAt),
  }
}

/** What it said of itself; how it is steered where it said nothing; `offline` when it is silent. */
function toWorkerStatus({ status, declaredStatus }: Worker): string {
  if (status === 'offline') return status
  if (declaredStatus !== ACTIVE_STATUS) return declaredStatus
  return status === 'paused' || status === 'draining' ? status : ACTIVE_STATUS
}

export function toLeasedTask(task: LeasedTask) {
  return {
    id: task.number,
    lease_token: task.leaseToken,
    name: task.name,
    queue: task.queue,
    attempt: task.attempt,
    payload: parseJson(task.kwargs),
    args: parseJson(task.args),
    metadata: task.metadata,
    checkpoint: task.checkpoint === null ? null : parseJson(task.checkpoint),
    ...toParents(task),
    timeout_seconds: task.timeoutMs / 1000,
    lease_seconds: task.leaseMs / 1000,
    lease_until: naiveInstant(task.leaseUntil),
  }
}
