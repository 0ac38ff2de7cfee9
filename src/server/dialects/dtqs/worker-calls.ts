import * as z from 'zod'
import type { Clock } from '../../../shared/domain/clock.ts'
import { workerNotFound } from '../../../shared/domain/errors.ts'
import type { Worker, WorkerStatus } from '../../../shared/domain/worker.ts'
import { id as idField, instantText } from '../../attach/answer-fields.ts'
import { isSegment, type JsonCalls, pathOf } from '../../attach/json-calls.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import type { AnsweredCalls } from '../../attach/limit-broker.ts'
import { DTQS_WORKER_STATES } from './states.ts'
import { count, text, toldPage } from './told-task.ts'

const toldWorker = z.object({
  worker_id: idField,
  hostname: text,
  status: z
    .string()
    .transform((word) => word.toUpperCase())
    .pipe(z.enum(DTQS_WORKER_STATES)),
  capacity: z.int().min(0).max(1_000_000).nullish(),
  current_load: count.nullish(),
  last_heartbeat: instantText.nullish(),
  uptime_seconds: z.number().min(0).max(1e10).nullish(),
})
export type ToldWorker = z.output<typeof toldWorker>
const toldWorkers = toldPage('workers', toldWorker)
const steered = z.object({ worker_id: idField })

const STATUS_IN_DOMAIN: Readonly<Record<(typeof DTQS_WORKER_STATES)[number], WorkerStatus>> = {
  ACTIVE: 'active',
  IDLE: 'idle',
  PAUSED: 'paused',
  DRAINING: 'draining',
  OFFLINE: 'offline',
}
export const workerStatus = ({ status }: ToldWorker): WorkerStatus => STATUS_IN_DOMAIN[status]

/** @throws WORKER_NOT_FOUND for an id that no path can have. */
function pathOfWorker(id: string): string {
  if (!isSegment(id)) throw workerNotFound(id)
  return pathOf`/api/v1/workers/${id}`
}

/** All workers: the document's grid, or the list that docs/dialects.md adds. */
export async function readWorkers(calls: JsonCalls, isWide: boolean): Promise<readonly ToldWorker[]> {
  const path = isWide ? '/api/v1/workers' : '/api/v1/dashboard/workers'
  return (await calls.read(toldWorkers, { path, query: { limit: isWide ? 1000 : undefined } })).items
}

export function workerCalls(
  calls: JsonCalls,
  { clock, isWide }: { readonly clock: Clock; readonly isWide: boolean },
): Partial<AnsweredCalls> {
  const toWorker = (told: ToldWorker): Worker => {
    const startedAt = told.uptime_seconds == null ? 0 : clock.now() - told.uptime_seconds * 1000
    return {
      id: told.worker_id,
      number: 0,
      kind: 'external',
      hostname: told.hostname,
      pid: null,
      status: workerStatus(told),
      declaredStatus: told.status,
      queues: null,
      names: null,
      concurrency: told.capacity ?? 0,
      running: [],
      succeeded: 0,
      failed: 0,
      meanRunMs: null,
      startedAt,
      lastHeartbeatAt: told.last_heartbeat ?? 0,
      updatedAt: told.last_heartbeat ?? startedAt,
    }
  }
  const getWorker = async (id: string) =>
    toWorker(await calls.read(toldWorker, { path: `${pathOfWorker(id)}/status` }))
  const steer = async (id: string, method: 'PATCH' | 'POST', below: string, body?: string) => {
    await calls.write(steered, { method, path: `${pathOfWorker(id)}/${below}`, body })
    return getWorker(id)
  }
  return {
    listWorkers: async () => (await readWorkers(calls, isWide)).map(toWorker),
    getWorker,
    setWorkerPaused: (id, isPaused) => steer(id, 'PATCH', isPaused ? 'pause' : 'resume'),
    drainWorker: (id) => steer(id, 'POST', 'drain'),
    resizeWorker: (id, concurrency) =>
      steer(id, 'PATCH', 'capacity', objectText({ capacity: textOf(concurrency) })),
  }
}
