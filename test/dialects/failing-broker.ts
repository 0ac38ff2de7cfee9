import type { Broker } from '../../src/shared/domain/broker.ts'

/** A broker whose every method throws `error`; what it is apart from that stays. */
export function failingBroker(broker: Broker, error: Error): Broker {
  return new Proxy(broker, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      return () => {
        throw error
      }
    },
  })
}
