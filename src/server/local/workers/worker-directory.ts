import type { Clock } from '../../../shared/domain/clock.ts'
import { workerNotFound } from '../../../shared/domain/errors.ts'
import type { TaskError } from '../../../shared/domain/task.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import type { ExternalWorkerPort, WorkerOrders, WorkerPort } from '../../../shared/domain/worker-port.ts'
import type { WorkerChanges } from '../store/commands/external-workers.ts'
import type { Store } from '../store/store-client.ts'
import { checkConcurrency, checkPool, checkStatus } from './check-worker.ts'
import type { ExternalWorkers } from './external-workers.ts'
import type { LeaseBook } from './lease-book.ts'
import type { LocalWorkers } from './local-workers.ts'

export type WorkerDirectory = WorkerPort & Pick<ExternalWorkerPort, 'heartbeat' | 'setWorkerStatus'>

const REMOVED: TaskError = {
  type: 'WorkerLostError',
  message: 'The worker left before it was done.',
  traceback: null,
  cause: null,
}

/** Workers of both kinds under one roof: whoever steers one need not know which it is. */
export function createWorkerDirectory(dependencies: {
  readonly store: Store
  readonly clock: Clock
  readonly local: LocalWorkers
  readonly external: ExternalWorkers
  readonly book: LeaseBook
}): WorkerDirectory {
  const { store, clock, local, external, book } = dependencies

  function get(id: string): Worker {
    const worker = local.find(id) ?? external.find(id)
    if (worker === null) throw workerNotFound(id)
    return worker
  }

  async function changeExternal(id: string, changes: WorkerChanges): Promise<void> {
    external.keep(await store.run('changeWorker', { id, changes, now: clock.now() }))
  }

  /** @throws WORKER_NOT_FOUND */
  async function change(
    id: string,
    ofLocal: () => Promise<void> | void,
    ofExternal: WorkerChanges,
  ): Promise<Worker> {
    if (get(id).kind === 'local') await ofLocal()
    else await changeExternal(id, ofExternal)
    return get(id)
  }

  async function heartbeat(workerId: string): Promise<WorkerOrders> {
    const worker = local.find(workerId)
    if (worker !== null) return { worker, abort: [] }
    external.seen(workerId)
    const { worker: row, abort } = await store.run('heartbeatWorker', { id: workerId, now: clock.now() })
    external.keep(row)
    return { worker: get(workerId), abort }
  }

  return {
    heartbeat,
    async listWorkers() {
      return [...local.list(), ...external.list()]
    },
    async getWorker(id) {
      return get(id)
    },
    async getWorkerByNumber(number) {
      const worker = local.findByNumber(number) ?? external.findByNumber(number)
      if (worker === null) throw workerNotFound(String(number))
      return worker
    },
    setWorkerPaused: (id, isPaused) =>
      change(
        id,
        () => local.setPaused(id, isPaused),
        isPaused ? { isPaused } : { isPaused, isDraining: false },
      ),
    drainWorker: (id) => change(id, () => local.drain(id), { isDraining: true }),
    async resizeWorker(id, concurrency) {
      checkConcurrency(concurrency)
      return change(id, () => local.resize(id, concurrency), { concurrency })
    },
    async removeWorker(id) {
      if (get(id).kind === 'local') return local.remove(id)
      const held = book.heldBy(id)
      await store.run('removeWorker', { id, error: REMOVED, now: clock.now() })
      for (const lease of held) book.remove(lease)
      external.forget(id)
    },
    async addLocalWorker(pool) {
      checkPool(pool)
      return local.add(pool)
    },
    async setWorkerStatus(workerId, status) {
      checkStatus(status)
      // It is the worker itself that says so: it is there.
      await heartbeat(workerId)
      return change(workerId, () => local.setDeclaredStatus(workerId, status), { declaredStatus: status })
    },
  }
}
