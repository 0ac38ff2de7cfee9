import type { Broker, EventSubscription } from '../../shared/domain/broker.ts'
import { capableOf, EVERYTHING } from '../../shared/domain/capabilities.ts'
import { readOnlyReason } from '../../shared/domain/connection.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import type { EventBatch } from '../../shared/domain/event.ts'
import { isAttachError } from '../attach/attach-error.ts'
import { BROKER_METHODS } from '../attach/lack-of.ts'
import type { AttachedConnection } from './attached-connection.ts'
import { isChanging, readingOnly } from './changing-calls.ts'

interface ConnectionBrokerOptions {
  readonly connection: AttachedConnection
  readonly name: string
  readonly isReadOnly: boolean
}

const NOTHING_KNOWN = capableOf([], {}, 'The server has not been attached to yet.')

/**
 * A broker that is always there: each call goes to what is attached at that moment, and is refused with the
 * reason while it is lost. Through a read-only connection nothing that changes anything is sent.
 */
export function createConnectionBroker({ connection, name, isReadOnly }: ConnectionBrokerOptions): Broker {
  const reason = readOnlyReason(name)
  const calls = Object.fromEntries(
    BROKER_METHODS.map((method) => [
      method,
      async (...parameters: never[]) => {
        if (isReadOnly && isChanging(method)) throw new BrokerError('FORBIDDEN', reason, {})
        const broker = await connection.broker()
        try {
          // Each method is called with what was given for the same method.
          return await (broker[method] as (...given: never[]) => Promise<unknown>)(...parameters)
        } catch (error) {
          if (isAttachError(error)) connection.doubt()
          throw error
        }
      },
    ]),
  ) as unknown as Pick<Broker, (typeof BROKER_METHODS)[number]>
  return {
    ...calls,
    get capabilities() {
      const known = connection.known()?.broker.capabilities ?? NOTHING_KNOWN
      return isReadOnly ? readingOnly(known, reason) : known
    },
    get coverage() {
      return connection.known()?.broker.coverage ?? EVERYTHING.coverage
    },
    originOf: (answer) => connection.known()?.broker.originOf(answer) ?? { kind: 'live' },
    subscribe: (options) => subscribeThrough(connection, options),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  }
}

/** Ends when the server is lost: whoever goes on then asks again from the last event seen. */
function subscribeThrough(
  connection: AttachedConnection,
  options: Parameters<Broker['subscribe']>[0],
): EventSubscription {
  let inner: EventSubscription | null = null
  let isClosed = false
  const release = connection.hold()
  const close = () => {
    isClosed = true
    inner?.close()
    release()
  }
  async function* run(): AsyncGenerator<EventBatch, void, void> {
    try {
      const broker = await connection.broker()
      if (isClosed) return
      inner = broker.subscribe(options)
      yield* inner
    } finally {
      close()
    }
  }
  const batches = run()
  return { close, [Symbol.asyncIterator]: () => batches }
}
