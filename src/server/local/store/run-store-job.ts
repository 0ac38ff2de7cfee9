import { Worker } from 'node:worker_threads'
import type { Clock } from '../../../shared/domain/clock.ts'
import { databaseIn } from './database-files.ts'
import { toThreadError } from './start-thread.ts'
import type { StoreJob, StoreJobMessage, StoreJobResults } from './store-job-protocol.ts'
import type { StoreThreadData } from './store-protocol.ts'

export interface RunStoreJobOptions<Job extends StoreJob> {
  readonly threadFile: string
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
  readonly job: Job
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Does one thing with a whole database, in a thread that ends by itself; whether a broker has it open does
 * not matter but to a restore and a move, which need the folder for themselves.
 * @throws Error with the name and message of what went wrong: BackupError, FolderInUseError …
 */
export async function runStoreJob<Job extends StoreJob>({
  threadFile,
  folder,
  clock,
  job,
  onProgress,
  signal,
}: RunStoreJobOptions<Job>): Promise<StoreJobResults[Job['kind']]> {
  const workerData: StoreThreadData = {
    mode: 'job',
    folder,
    file: databaseIn(folder),
    startedAt: clock.now(),
    job,
  }
  const thread = new Worker(threadFile, { workerData, name: `penstock-store-${job.kind}` })
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const stop = () => thread.postMessage('stop')
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted === true) stop()
  try {
    return await new Promise<StoreJobResults[Job['kind']]>((resolve, reject) => {
      thread.on('message', (message: StoreJobMessage) => {
        if (message.kind === 'progress') onProgress?.(message.fraction)
        else if (message.kind === 'failed') reject(toThreadError(message))
        else resolve(message.result as StoreJobResults[Job['kind']])
      })
      thread.once('error', reject)
      thread.once('exit', () => reject(new Error(`The thread of the ${job.kind} ended before it was done.`)))
    })
  } finally {
    signal?.removeEventListener('abort', stop)
    await ended
  }
}
