import { randomUUID } from 'node:crypto'
import { BroadcastChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type {
  AbortNotice,
  DescribedHandler,
  SignedNotice,
  ThreadCheck,
  ThreadNotice,
  ThreadRequest,
  ThreadSecrets,
} from './executor-protocol.ts'

/** Memory of one thread's JavaScript heap; a handler past it loses its thread, not its process. */
const MAX_HEAP_MB = 1024
const IDLE_TIMEOUT_MS = 30_000

export interface ThreadPool {
  /** Resolves when the thread is free again; what it did, it told in notices, which may arrive later. */
  run(request: Extract<ThreadRequest, { kind: 'run' }>, stop: AbortSignal): Promise<void>
  describe(moduleUrl: string, stop: AbortSignal): Promise<readonly DescribedHandler[]>
  /** What each handler has against its input, or null. */
  check(inputs: readonly ThreadCheck[], stop: AbortSignal): Promise<readonly (string | null)[]>
  /** How many tasks there may be at once from now on; threads there are too many of end when idle. */
  resize(threads: number): void
  /** Fires the signal of a running task. */
  abort(notice: AbortNotice): void
  close(): Promise<void>
}

/** One more than there are tasks, so that task files can be loaded and inputs checked while every task is a long one. */
const SPARE_THREADS = 1

/** The Piscina pool. A `stop` signal ends the thread that runs the request, and no other. */
export function createThreadPool(options: {
  readonly threads: number
  readonly threadFile: string
  readonly onNotice: (notice: ThreadNotice) => void
}): ThreadPool {
  const secrets: ThreadSecrets = { key: randomUUID(), abortChannel: `penstock-abort-${randomUUID()}` }
  const pool = new Piscina<ThreadRequest, unknown>({
    filename: options.threadFile,
    name: 'answer',
    minThreads: 0,
    maxThreads: options.threads + SPARE_THREADS,
    idleTimeout: IDLE_TIMEOUT_MS,
    concurrentTasksPerWorker: 1,
    maxQueue: 'auto',
    // The default parks a thread between tasks and with it every timer and socket task code left open.
    atomics: 'disabled',
    workerData: secrets,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  pool.on('message', (message: Partial<SignedNotice> | null) => {
    // Task code can reach the port by its prototype; what it puts there is ignored.
    if (message?.key === secrets.key) options.onNotice(message.notice!)
  })
  pool.on('error', () => {
    // An error outside of a task: the thread is replaced, and its task was rejected with the same error.
  })
  const aborts = new BroadcastChannel(secrets.abortChannel)
  aborts.unref()
  return {
    run: (request, signal) => pool.run(request, { signal }) as Promise<void>,
    describe: (moduleUrl, signal) =>
      pool.run({ kind: 'describe', moduleUrl }, { signal }) as Promise<readonly DescribedHandler[]>,
    check: (inputs, signal) =>
      pool.run({ kind: 'check', inputs }, { signal }) as Promise<readonly (string | null)[]>,
    resize(threads) {
      // Piscina reads this whenever it is about to start a thread, and has no other way to be told.
      pool.options.maxThreads = threads + SPARE_THREADS
    },
    abort: (notice) => aborts.postMessage(notice),
    async close() {
      aborts.close()
      await pool.destroy()
    },
  }
}
