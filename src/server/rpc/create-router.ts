import type { Logger } from 'pino'
import type { SystemStatus } from '../../shared/contract/contract.ts'
import type { Broker } from '../../shared/domain/broker.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { ConnectionBook } from '../../shared/domain/connection.ts'
import type { ProgramVersions } from '../../shared/domain/program-versions.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import { coalesceEvents } from './coalesce-events.ts'
import { createToCrossing, implementContract } from './implement-contract.ts'
import { routeConnections } from './route-connections.ts'
import { routePlansAndHealth } from './route-plans-and-health.ts'
import { routeQueuesAndWorkers } from './route-queues-and-workers.ts'
import { routeSupport, type Support, supportFor } from './route-support.ts'
import { routeTasks } from './route-tasks.ts'
import type { SampleLoad } from './sample-load.ts'
import type { Timers } from './timers.ts'

export interface RpcDependencies {
  readonly broker: Broker
  /** Taken anew for every call: listeners and capabilities may change. */
  status(): SystemStatus | Promise<SystemStatus>
  about(): Promise<ProgramVersions>
  /** Opens a folder in the file manager; null where there is none, as headless. */
  readonly openFolder: ((path: string) => Promise<void>) | null
  /** Null for a broker elsewhere, which is left alone. */
  readonly sampleLoad: SampleLoad | null
  /** Null for a broker elsewhere: the connections are the business of the program itself. */
  readonly connections: ConnectionBook | null
  /** Not given for a broker elsewhere: what is asked of it then is refused, with the reason. */
  readonly support?: Support | undefined
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
 * has been checked by the contract before a handler sees it.
 */
export function createRouter({
  broker,
  status,
  about,
  openFolder,
  support,
  sampleLoad,
  connections,
  clock,
  timers,
  logger,
}: RpcDependencies) {
  const toCrossing = createToCrossing(logger)
  const os = implementContract(toCrossing, broker)

  function ownSampleLoad(operation: string): SampleLoad {
    if (sampleLoad !== null) return sampleLoad
    throw new BrokerError('NOT_SUPPORTED', 'The sample load is for the local broker alone.', { operation })
  }

  return os.router({
    system: {
      status: os.system.status.handler(async () => status()),
      health: os.system.health.handler(() => broker.health()),
      about: os.system.about.handler(() => about()),
      openTasksFolder: os.system.openTasksFolder.handler(async () => {
        if (openFolder === null) {
          throw new BrokerError('NOT_SUPPORTED', 'Folders can be opened from the desktop app only.', {
            operation: 'openTasksFolder',
          })
        }
        await openFolder((await status()).tasksFolder)
      }),
      diagnostics: os.system.diagnostics.handler(() =>
        supportFor(support, 'system.diagnostics').diagnostics(),
      ),
    },
    overview: os.overview.handler(() => broker.overview()),
    stats: os.stats.handler(({ input }) => broker.stats(input)),
    trends: os.trends.handler(({ input }) => broker.trends(input)),
    taskTotals: os.taskTotals.handler(() => broker.taskTotals()),
    ...routeTasks(os, broker),
    ...routeQueuesAndWorkers(os, broker),
    ...routePlansAndHealth(os, broker),
    ...routeSupport(os, support, openFolder),
    checkInput: os.checkInput.handler(({ input: { name, ...input } }) => broker.checkInput(name, input)),
    handlers: os.handlers.handler(() => broker.handlers()),
    sample: {
      run: os.sample.run.handler(() => ownSampleLoad('sample.run').run()),
      status: os.sample.status.handler(() => ownSampleLoad('sample.status').status()),
      clear: os.sample.clear.handler(() => ownSampleLoad('sample.clear').clear()),
    },
    ...routeConnections(os, connections),
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
