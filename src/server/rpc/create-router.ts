import { implement, ORPCError } from '@orpc/server'
import type { Logger } from 'pino'
import { contract, type SystemStatus } from '../../shared/contract/contract.ts'
import type { Broker } from '../../shared/domain/broker.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../shared/domain/limits.ts'
import { coalesceEvents } from './coalesce-events.ts'
import type { SampleLoad } from './sample-load.ts'
import type { Timers } from './timers.ts'
import { toRpcError } from './to-rpc-error.ts'

export interface RpcDependencies {
  readonly broker: Broker
  /** Taken anew for every call: listeners and capabilities may change. */
  status(): SystemStatus
  /** Opens a folder in the file manager; null where there is none, as headless. */
  readonly openFolder: ((path: string) => Promise<void>) | null
  readonly sampleLoad: SampleLoad
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  readonly logger: Pick<Logger, 'error'>
}

const EVENT_INTERVAL_MS = 50
/** 20 batches a second of this size are twice what the window has to draw at its worst. */
const MAX_EVENTS_PER_BATCH = 500

export type RpcRouter = ReturnType<typeof createRouter>

/**
 * Everything the window can ask, over the `Broker` port. The transports serve it; each call's input
 * has been checked by the contract before a handler sees it. Refusals cross as `REFUSED`; a bug is
 * logged here, once, and crosses as an internal error without its message or stack.
 */
export function createRouter({
  broker,
  status,
  openFolder,
  sampleLoad,
  clock,
  timers,
  logger,
}: RpcDependencies) {
  const toCrossing = (error: unknown, path: readonly string[]) => {
    const known = toRpcError(error)
    if (known !== null) return known
    logger.error({ err: error, procedure: path.join('.') }, 'a call from the window failed')
    return new ORPCError('INTERNAL_SERVER_ERROR', {
      message: 'Something failed inside Penstock. Its log says what.',
    })
  }

  const os = implement(contract).use(async ({ next, path }) => {
    try {
      return await next()
    } catch (error) {
      throw toCrossing(error, path)
    }
  })

  return os.router({
    system: {
      status: os.system.status.handler(() => status()),
      health: os.system.health.handler(() => broker.health()),
      openTasksFolder: os.system.openTasksFolder.handler(async () => {
        if (openFolder === null) {
          throw new BrokerError('NOT_SUPPORTED', 'Folders can be opened from the desktop app only.', {
            operation: 'openTasksFolder',
          })
        }
        await openFolder(status().tasksFolder)
      }),
    },
    overview: os.overview.handler(() => broker.overview()),
    stats: os.stats.handler(({ input }) => broker.stats(input)),
    tasks: {
      list: os.tasks.list.handler(({ input }) => broker.listTasks(input)),
      count: os.tasks.count.handler(({ input }) => broker.countTasks(input)),
      get: os.tasks.get.handler(({ input }) => broker.getTask(input.id)),
      attempts: os.tasks.attempts.handler(({ input }) => broker.attempts(input.id)),
      progress: os.tasks.progress.handler(({ input }) =>
        broker.progressHistory(input.id, { limit: MAX_PAGE_SIZE }),
      ),
      logs: os.tasks.logs.handler(({ input }) => broker.logs(input.id)),
      submit: os.tasks.submit.handler(({ input }) => broker.submit(input.tasks)),
      cancel: os.tasks.cancel.handler(({ input: { id, terminate } }) => broker.cancel(id, { terminate })),
      replay: os.tasks.replay.handler(({ input: { id, changes } }) => broker.replay(id, changes)),
      delete: os.tasks.delete.handler(({ input }) => broker.deleteTask(input.id)),
    },
    queues: {
      list: os.queues.list.handler(() => broker.listQueues()),
      setPaused: os.queues.setPaused.handler(({ input: { name, isPaused } }) =>
        broker.setQueuePaused(name, isPaused),
      ),
    },
    deadLetters: {
      groups: os.deadLetters.groups.handler(({ input }) => broker.failureGroups(input)),
    },
    workers: { list: os.workers.list.handler(() => broker.listWorkers()) },
    handlers: os.handlers.handler(() => broker.handlers()),
    sample: {
      run: os.sample.run.handler(() => sampleLoad.run()),
      status: os.sample.status.handler(() => sampleLoad.status()),
      clear: os.sample.clear.handler(() => sampleLoad.clear()),
    },
    events: os.events.handler(({ input: { after, ...filter }, signal, path }) => {
      const subscription = broker.subscribe({ after, filter })
      // A stream that waits for the next event is deaf to its reader's leaving; this wakes it.
      if (signal?.aborted === true) subscription.close()
      else signal?.addEventListener('abort', () => subscription.close(), { once: true })
      const batches = coalesceEvents(subscription, {
        clock,
        timers,
        intervalMs: EVENT_INTERVAL_MS,
        maxEvents: MAX_EVENTS_PER_BATCH,
      })
      return withCrossingErrors(batches, (error) => toCrossing(error, path))
    }),
  })
}

async function* withCrossingErrors<Value>(
  source: AsyncGenerator<Value>,
  toCrossing: (error: unknown) => Error,
) {
  try {
    yield* source
  } catch (error) {
    throw toCrossing(error)
  }
}
