import * as z from 'zod'
import type { Worker } from '../../../shared/domain/worker.ts'
import { MAX_WORKER_CONCURRENCY, MIN_WORKER_CONCURRENCY } from '../../../shared/domain/worker-port.ts'
import { isoInstant } from '../instant.ts'
import { optionalText, wholeNumber } from '../read-input.ts'
import type { registeredAnswer, workerAnswer } from './answers.ts'
import { optionalParameter } from './query-fields.ts'
import { toDtqsWorkerStatus } from './states.ts'
import { wholeBetween } from './submit-wire.ts'

const DEFAULT_CAPACITY = 5
const MAX_HOSTNAME_LENGTH = 255
const between = `must be ${MIN_WORKER_CONCURRENCY} to ${MAX_WORKER_CONCURRENCY}`

const nameList = optionalText.transform((text) => text?.split(','))

export const registerQuery = z.object({
  hostname: z
    .string('must be given, once')
    .min(1, 'must not be empty')
    .max(MAX_HOSTNAME_LENGTH, `must be at most ${MAX_HOSTNAME_LENGTH} characters`),
  capacity: optionalParameter(
    wholeNumber.refine(
      (count) => count >= MIN_WORKER_CONCURRENCY && count <= MAX_WORKER_CONCURRENCY,
      between,
    ),
  ).transform((capacity) => capacity ?? DEFAULT_CAPACITY),
  task_names: nameList.describe('What it takes, separated by commas; all, when left out.'),
  queue_names: nameList.describe('What it takes from, separated by commas; all, when left out.'),
})

export const capacityBody = z.object(
  { capacity: wholeBetween(MIN_WORKER_CONCURRENCY, MAX_WORKER_CONCURRENCY) },
  'must be an object',
)

/** A worker that has just come in counts as active, as the document shows, though it runs nothing yet. */
export function toRegistered(worker: Worker): z.output<typeof registeredAnswer> {
  return {
    worker_id: worker.id,
    hostname: worker.hostname,
    status: 'ACTIVE',
    capacity: worker.concurrency,
    current_load: worker.running.length,
  }
}

export function toWorkerAnswer(worker: Worker): z.output<typeof workerAnswer> {
  return {
    worker_id: worker.id,
    hostname: worker.hostname,
    status: toDtqsWorkerStatus(worker.status),
    capacity: worker.concurrency,
    current_load: worker.running.length,
    current_tasks: worker.running.length,
    last_heartbeat: isoInstant(worker.lastHeartbeatAt),
    is_draining: worker.status === 'draining',
  }
}
