import type { Broker } from '../../../shared/domain/broker.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import type { Handler, HandlerList } from '../../../shared/domain/worker.ts'

/** How long a submit waits for handlers to be loaded, right after the start. */
const LOADING_MS = 5000

/** Finds the handler of a task name among those that can run now. */
export interface KnownHandlers {
  /** @throws INVALID_TASK_TYPE when nobody knows the name, SERVICE_UNAVAILABLE when nobody can tell yet. */
  find(name: string): Promise<Handler>
}

export function createKnownHandlers(broker: Pick<Broker, 'handlers' | 'subscribe'>): KnownHandlers {
  let seen: HandlerList | null = null
  let byName: ReadonlyMap<string, Handler> = new Map()
  return {
    async find(name) {
      const now = await broker.handlers()
      const list = now.handlers.length === 0 ? await loadedHandlers(broker) : now
      // A broker answers the same list until it changes; then the index is made anew.
      if (list !== seen) {
        seen = list
        byName = new Map(list.handlers.map((handler) => [handler.name, handler]))
      }
      const handler = byName.get(name)
      if (handler !== undefined) return handler
      const known = [...byName.keys()].toSorted()
      const message = `Unknown task type '${name}'; known are: ${known.join(', ')}.`
      throw new BrokerError('INVALID_TASK_TYPE', message, { name, known })
    },
  }
}

/** The handlers once there are any: some are built in, so none means that they are still being loaded. */
async function loadedHandlers(broker: Pick<Broker, 'handlers' | 'subscribe'>): Promise<HandlerList> {
  const connections = broker.subscribe({ filter: { types: ['worker.connected'] } })
  const giveUp = setTimeout(() => connections.close(), LOADING_MS)
  try {
    const connected = connections[Symbol.asyncIterator]()
    for (;;) {
      const list = await broker.handlers()
      if (list.handlers.length > 0) return list
      if ((await connected.next()).done === true) break
    }
  } finally {
    clearTimeout(giveUp)
    connections.close()
  }
  const message = 'Nothing that runs tasks has started yet; try again in a moment.'
  throw new BrokerError('SERVICE_UNAVAILABLE', message, { component: 'executor' })
}
