import type { Clock } from '../../../shared/domain/clock.ts'
import { workerNotFound } from '../../../shared/domain/errors.ts'
import type { ExternalHandler, Worker } from '../../../shared/domain/worker.ts'
import type { ExternalWorkerRow } from '../store/worker-rows.ts'
import { parseNames } from '../store/worker-rows.ts'
import type { LeaseBook } from './lease-book.ts'
import { toWorkerStatus } from './worker-status.ts'

/** An external worker of this run: as it is kept, and when it was last heard of by the monotonic clock. */
export interface KnownWorker {
  row: ExternalWorkerRow
  /** As it registered; null is every queue, and any name. */
  readonly queues: readonly string[] | null
  readonly names: readonly string[] | null
  seenAt: number
}

/** Who the external workers are, in memory, as the store last told. */
export interface ExternalWorkers {
  readonly all: ReadonlyMap<string, KnownWorker>
  /** Puts in a new one, or what has changed of one. */
  keep(row: ExternalWorkerRow): void
  forget(id: string): void
  /** Notes a sign of life. @throws WORKER_NOT_FOUND */
  seen(id: string): KnownWorker
  list(): readonly Worker[]
  find(id: string): Worker | null
  findByNumber(number: number): Worker | null
  /** Names that those which are not offline said they know. The same list until it changes. */
  handlers(): readonly ExternalHandler[]
}

export function createExternalWorkers({ book, clock }: { readonly book: LeaseBook; readonly clock: Clock }) {
  const all = new Map<string, KnownWorker>()
  let handlers: readonly ExternalHandler[] = []

  function describe({ row, queues, names }: KnownWorker): Worker {
    const running = book.heldBy(row.id).map(({ taskId, name, queue, since }) => ({
      taskId,
      name,
      queue,
      startedAt: since,
    }))
    const done = row.succeeded + row.failed
    return {
      id: row.id,
      number: row.number,
      kind: 'external',
      hostname: row.hostname,
      pid: row.pid,
      status: toWorkerStatus({
        isOffline: row.is_offline === 1,
        isDraining: row.is_draining === 1,
        isPaused: row.is_paused === 1,
        declaredStatus: row.declared_status,
        running: running.length,
      }),
      declaredStatus: row.declared_status,
      queues,
      names,
      concurrency: row.concurrency,
      running,
      succeeded: row.succeeded,
      failed: row.failed,
      meanRunMs: done === 0 ? null : row.run_ms / done,
      startedAt: row.registered_at,
      lastHeartbeatAt: row.heartbeat_at,
      updatedAt: row.updated_at,
    }
  }

  function listHandlers(): readonly ExternalHandler[] {
    const byName = new Map<string, string[]>()
    for (const { row, names } of all.values()) {
      if (row.is_offline === 1) continue
      for (const name of names ?? []) {
        const workerIds = byName.get(name)
        if (workerIds === undefined) byName.set(name, [row.id])
        else workerIds.push(row.id)
      }
    }
    return [...byName].map(([name, workerIds]) => ({ name, workerIds }))
  }

  return {
    all,
    keep(row: ExternalWorkerRow): void {
      const known = all.get(row.id)
      if (known === undefined)
        all.set(row.id, {
          row,
          queues: parseNames(row.queues),
          names: parseNames(row.names),
          seenAt: clock.monotonic(),
        })
      const isNews = known === undefined || known.row.is_offline !== row.is_offline
      if (known !== undefined) known.row = row
      if (isNews && row.names !== null) handlers = listHandlers()
    },
    forget(id: string): void {
      all.delete(id)
      handlers = listHandlers()
    },
    seen(id: string): KnownWorker {
      const known = all.get(id)
      if (known === undefined) throw workerNotFound(id)
      known.seenAt = clock.monotonic()
      return known
    },
    list: () => [...all.values()].map(describe),
    find(id: string): Worker | null {
      const known = all.get(id)
      return known === undefined ? null : describe(known)
    },
    findByNumber(number: number): Worker | null {
      const known = [...all.values()].find(({ row }) => row.number === number)
      return known === undefined ? null : describe(known)
    },
    handlers: () => handlers,
  } satisfies ExternalWorkers
}
