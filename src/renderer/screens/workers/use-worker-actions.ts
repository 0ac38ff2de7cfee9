import { useMemo } from 'react'
import type { LocalPool } from '../../../shared/domain/worker-port.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useAction } from '../../app/use-action.ts'
import { countOf } from '../../ui/format/count.ts'
import { nameOf } from './worker-words.ts'

export interface WorkerActions {
  readonly setPaused: (worker: Worker, isPaused: boolean) => void
  readonly drain: (worker: Worker) => void
  readonly remove: (worker: Worker) => void
  /** Both answer whether it was done. */
  readonly resize: (worker: Worker, concurrency: number) => Promise<boolean>
  readonly add: (pool: LocalPool) => Promise<boolean>
}

/** What can be done to workers, with its sentences, and undo where there is a way back. */
export function useWorkerActions(): WorkerActions {
  const { client } = useBroker()
  const run = useAction()
  return useMemo(() => {
    const setPaused = (worker: Worker, isPaused: boolean): void => {
      const name = nameOf(worker)
      void run(
        async () => {
          await client.workers.setPaused({ id: worker.id, isPaused })
          return {
            message: isPaused ? `Paused ${name}; what it runs goes on` : `${name} takes tasks again`,
            action: { label: 'Undo', run: () => setPaused(worker, !isPaused) },
          }
        },
        `${name} could not be ${isPaused ? 'paused' : 'resumed'}.`,
      )
    }
    const resize = (worker: Worker, concurrency: number): Promise<boolean> =>
      run(
        async () => {
          await client.workers.resize({ id: worker.id, concurrency })
          return {
            message: `${nameOf(worker)} has ${countOf(concurrency, 'slot')} now`,
            action: { label: 'Undo', run: () => void resize(worker, worker.concurrency) },
          }
        },
        `${nameOf(worker)} was not resized.`,
      )
    return {
      setPaused,
      resize,
      drain: (worker) =>
        void run(
          async () => {
            await client.workers.drain({ id: worker.id })
            return {
              message: `${nameOf(worker)} takes no more tasks and finishes ${countOf(worker.running.length, 'task')}`,
              action: { label: 'Undo', run: () => setPaused(worker, false) },
            }
          },
          `${nameOf(worker)} could not be drained.`,
        ),
      remove: (worker) =>
        void run(
          async () => {
            await client.workers.remove({ id: worker.id })
            return `Removed ${nameOf(worker)}`
          },
          `${nameOf(worker)} could not be removed.`,
        ),
      add: (pool) =>
        run(async () => {
          await client.workers.addLocal({ ...pool, queues: pool.queues && [...pool.queues] })
          return `Added ${pool.name} with ${countOf(pool.threads, 'thread')}, until Penstock ends`
        }, 'No worker was added.'),
    }
  }, [client, run])
}
