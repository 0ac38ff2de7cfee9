import type { EventSubscription } from '../../shared/domain/broker.ts'
import { BrokerError } from '../../shared/domain/errors.ts'

/** The subscription to a system that tells no events: whoever reads it is refused with the reason. */
export function refuseEvents(reason: string): EventSubscription {
  return {
    close() {},
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        throw new BrokerError('NOT_SUPPORTED', reason, { operation: 'subscribe' })
      },
    }),
  }
}
