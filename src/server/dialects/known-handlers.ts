import type { Broker } from '../../shared/domain/broker.ts'
import { reasonOf } from '../../shared/domain/capabilities.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import type { HandlerList } from '../../shared/domain/worker.ts'

/** How long a submit waits for handlers to be loaded, right after the start. */
const LOADING_MS = 10_000

/** What is known of the handler of a task name. */
export interface KnownHandler {
  /** What it allows an attempt by itself; null when it does not say. */
  readonly timeoutMs: number | null
  /** Whether it looks at its input: then it can be asked before the submit. */
  readonly checksInput: boolean
}

/** Finds the handler of a task name among those that can run now, here or in an external worker. */
export interface KnownHandlers {
  /**
   * A broker that does not tell what it can run is left to judge for itself.
   * @throws INVALID_TASK_TYPE when nobody knows the name, SERVICE_UNAVAILABLE when nobody can tell yet.
   */
  find(name: string): Promise<KnownHandler>
}

const UNKNOWN: KnownHandler = { timeoutMs: null, checksInput: false }

export function createKnownHandlers(
  broker: Pick<Broker, 'handlers' | 'subscribe' | 'capabilities'>,
): KnownHandlers {
  let seen: HandlerList | null = null
  let byName: ReadonlyMap<string, KnownHandler> = new Map()

  function lookUp(list: HandlerList, name: string): KnownHandler | undefined {
    // A broker answers the same list until it changes; then the index is made anew.
    if (list !== seen) {
      seen = list
      byName = indexOf(list)
    }
    return byName.get(name)
  }
  return {
    async find(name) {
      if (reasonOf(broker.capabilities.handlers) !== null) return UNKNOWN
      const now = await broker.handlers()
      const found = lookUp(now, name)
      const handler = found ?? (isLoading(now) ? lookUp(await loadedHandlers(broker), name) : undefined)
      if (handler !== undefined) return handler
      const known = [...byName.keys()].toSorted()
      const message = `Unknown task type '${name}'; known are: ${known.join(', ')}.`
      throw new BrokerError('INVALID_TASK_TYPE', message, { name, known })
    },
  }
}

function indexOf({ handlers, external }: HandlerList): ReadonlyMap<string, KnownHandler> {
  const elsewhere = external.map(({ name }): [string, KnownHandler] => [name, UNKNOWN])
  const here = handlers.map((handler): [string, KnownHandler] => [handler.name, handler])
  // Last wins: what runs here says more of itself than a worker elsewhere.
  return new Map([...elsewhere, ...here])
}

/** Some handlers are built in, so none means that they are still being loaded; workers elsewhere tell nothing of it. */
const isLoading = ({ handlers }: HandlerList): boolean => handlers.length === 0

/** The handlers once there are any. */
async function loadedHandlers(broker: Pick<Broker, 'handlers' | 'subscribe'>): Promise<HandlerList> {
  const connections = broker.subscribe({ filter: { types: ['worker.connected'] } })
  const giveUp = setTimeout(() => connections.close(), LOADING_MS)
  try {
    const connected = connections[Symbol.asyncIterator]()
    for (;;) {
      const list = await broker.handlers()
      if (!isLoading(list)) return list
      if ((await connected.next()).done === true) break
    }
  } finally {
    clearTimeout(giveUp)
    connections.close()
  }
  const message = 'Nothing that runs tasks has started yet; try again in a moment.'
  throw new BrokerError('SERVICE_UNAVAILABLE', message, { component: 'executor' })
}
