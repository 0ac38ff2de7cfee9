import * as z from 'zod'
import { type JsonText, NO_KWARGS } from '../../../shared/domain/json.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { Worker, WorkerStatus } from '../../../shared/domain/worker.ts'
import { INACTIVE_STATUS, WORKER_STATUSES } from '../../../shared/domain/worker.ts'
import { anyJson, instantText } from '../../attach/answer-fields.ts'
import { blankTask, UNTOLD_ERROR_TYPE } from '../../attach/blank-task.ts'
import { readTaskqueueState, TASKQUEUE_STATES } from './states.ts'
import { toDomainPriority } from './wire.ts'

/** What any server of the document tells, and what it means here. */

const number = z.int().min(1)
const text = z.string().max(1_000_000)

export const toldTask = z.object({
  id: number,
  name: text,
  payload: anyJson,
  priority: z.int().min(1).max(4),
  scheduled_at: instantText.nullish(),
  status: z.enum(TASKQUEUE_STATES),
  created_at: instantText,
  updated_at: instantText.nullish(),
  started_at: instantText.nullish(),
  completed_at: instantText.nullish(),
  worker_id: number.nullish(),
  result: anyJson,
  error: text.nullish(),
})
export const toldTasks = z.array(toldTask).max(10_000)

export const toldWorker = z.object({
  id: number,
  name: text,
  status: z.string().max(200),
  last_heartbeat: instantText.nullish(),
  created_at: instantText,
  updated_at: instantText.nullish(),
})
export const toldWorkers = z.array(toldWorker).max(10_000)

export function toTask(told: z.output<typeof toldTask>): Task {
  const id = String(told.id)
  return {
    ...blankTask(id),
    number: told.id,
    name: told.name,
    kwargs: told.payload === ('null' as JsonText) ? NO_KWARGS : told.payload,
    priority: toDomainPriority(told.priority),
    state: readTaskqueueState(told.status),
    runAt: told.scheduled_at ?? told.created_at,
    result: told.status === 'completed' ? told.result : null,
    error:
      told.error == null
        ? null
        : { type: UNTOLD_ERROR_TYPE, message: told.error, traceback: null, cause: null },
    workerId: told.worker_id == null ? null : String(told.worker_id),
    createdAt: told.created_at,
    updatedAt: told.updated_at ?? told.completed_at ?? told.started_at ?? told.created_at,
    startedAt: told.started_at ?? null,
    finishedAt: told.completed_at ?? null,
  }
}

/** A worker that gets tasks is `active` there, whether it runs one or not. */
export function toWorker(told: z.output<typeof toldWorker>): Worker {
  return {
    id: String(told.id),
    number: told.id,
    kind: 'external',
    hostname: told.name,
    pid: null,
    status: toStatus(told.status),
    declaredStatus: told.status,
    queues: null,
    names: null,
    concurrency: 1,
    running: [],
    succeeded: 0,
    failed: 0,
    meanRunMs: null,
    startedAt: told.created_at,
    lastHeartbeatAt: told.last_heartbeat ?? told.created_at,
    updatedAt: told.updated_at ?? told.created_at,
  }
}

function toStatus(word: string): WorkerStatus {
  if (word === INACTIVE_STATUS) return 'paused'
  return WORKER_STATUSES.find((status) => status === word) ?? 'active'
}
