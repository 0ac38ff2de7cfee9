import type { WorkerSilence } from '../../../shared/domain/alert-snapshot.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { HandlerList, LoadedHandlers, Worker } from '../../../shared/domain/worker.ts'
import type { ExternalWorkerPort, WorkerPort } from '../../../shared/domain/worker-port.ts'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import type { Ticker } from '../maintenance/ticker.ts'
import type { Store } from '../store/store-client.ts'
import { createLeasingPort } from './external-worker-port.ts'
import { createExternalWorkers } from './external-workers.ts'
import { createLeaseBook } from './lease-book.ts'
import { type LocalWorkers, openLocalWorkers } from './local-workers.ts'
import { FORGET_INTERVAL_MS, forgetWorkers, RESCUE_INTERVAL_MS, rescueLeases } from './rescue-leases.ts'
import { createWorkerDirectory } from './worker-directory.ts'

export interface Workers {
  readonly port: WorkerPort & ExternalWorkerPort
  readonly local: LocalWorkers
  /** Of both kinds, for the overview. */
  count(): Pick<Overview, 'workers' | 'slots'>
  /** How long each external worker has been silent, but for those that left after a drain. */
  silences(): readonly WorkerSilence[]
  /** Counts the threads and external workers that take from a queue now, for as many queues as asked. */
  consumers(): (queue: string) => number
  /** What can run here, with what connected external workers know. The same list until it changes. */
  handlers(loaded: LoadedHandlers): HandlerList
  /** Takes a task from the external worker that runs it, if one does. */
  terminate(taskId: string): Promise<void>
  /** From now on, what external workers hold no longer is given back. */
  watch(ticker: Ticker): void
}

/**
 * The workers of a broker that opens: its own pools, and the external ones of before. Those get the full
 * length of their leases, and of their silence, anew: they may be alive, and know nothing of the restart.
 */
export async function openWorkers(options: {
  readonly store: Store
  readonly clock: Clock
  readonly dispatcher: Dispatcher
  readonly executor: () => { readonly pid: number | null; readonly isReady: boolean }
  readonly hostname: string
  readonly onProblem: (message: string, error?: unknown) => void
}): Promise<Workers> {
  const { store, clock, dispatcher, executor, hostname, onProblem } = options
  const book = createLeaseBook()
  const external = createExternalWorkers({ book, clock })
  const local = await openLocalWorkers({
    dispatcher,
    clock,
    hostname,
    executor,
    announce: (type, workerId, data) =>
      store
        .run('recordEvent', { type, at: clock.now(), queue: null, workerId, data })
        .catch((error: unknown) => onProblem('An event could not be written', error)),
    numbersOf: (ids) => store.run('workerNumbers', { ids }),
  })
  for (const row of await store.read('externalWorkers', undefined)) external.keep(row)
  for (const row of await store.read('leases', undefined))
    book.add(
      {
        workerId: row.worker_id,
        taskId: row.id,
        leaseToken: row.lease_token,
        name: row.name,
        queue: row.queue,
        since: row.started_at ?? row.claimed_at,
        leaseMs: row.lease_ms,
        timeoutMs: row.timeout_ms,
      },
      clock.monotonic(),
    )

  const rescue = { store, clock, workers: external, book }
  const list = () => [...local.list(), ...external.list()]
  let known: HandlerList = { handlers: [], problems: [], external: [] }

  return {
    local,
    port: {
      ...createWorkerDirectory({ store, clock, local, external, book }),
      ...createLeasingPort({ store, clock, workers: external, book }),
    },
    count() {
      const workers = list()
      const withStatus = (status: Worker['status']) => workers.filter((worker) => worker.status === status)
      return {
        workers: {
          total: workers.length,
          active: withStatus('active').length,
          idle: withStatus('idle').length,
        },
        slots: {
          busy: workers.reduce((sum, { running }) => sum + running.length, 0),
          total: workers
            // The bundled pool is there also while its process starts again.
            .filter(({ kind, status }) => kind === 'local' || status !== 'offline')
            .reduce((sum, { concurrency }) => sum + concurrency, 0),
        },
      }
    },
    silences: () =>
      [...external.all.values()].flatMap(({ row, seenAt }) =>
        row.is_offline === 1 && row.is_draining === 1
          ? []
          : [{ workerId: row.id, hostname: row.hostname, silentMs: clock.monotonic() - seenAt }],
      ),
    consumers() {
      const taking = list().filter(({ status }) => status === 'active' || status === 'idle')
      return (queue) =>
        taking
          .filter(({ queues }) => queues?.includes(queue) ?? true)
          .reduce((sum, { kind, concurrency }) => sum + (kind === 'local' ? concurrency : 1), 0)
    },
    handlers(loaded) {
      const names = external.handlers()
      if (known.handlers !== loaded.handlers || known.external !== names)
        known = { ...loaded, external: names }
      return known
    },
    async terminate(taskId) {
      const taken = await store.run('terminateLease', { id: taskId, now: clock.now() })
      if (taken === null) return
      book.remove({ workerId: taken.worker.id, taskId, leaseToken: taken.leaseToken })
      external.keep(taken.worker)
    },
    watch(ticker) {
      ticker.every(RESCUE_INTERVAL_MS, 'rescue of leases', () => rescueLeases(rescue))
      ticker.every(FORGET_INTERVAL_MS, 'forgetting of workers', () => forgetWorkers(rescue))
    },
  }
}
