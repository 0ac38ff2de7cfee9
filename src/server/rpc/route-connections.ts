import type { ConnectionBook } from '../../shared/domain/connection.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import type { ImplementedContract } from './implement-contract.ts'

/** Calls about the brokers elsewhere that were added; null is a broker elsewhere itself, which has no say in them. */
export function routeConnections({ connections }: ImplementedContract, book: ConnectionBook | null) {
  function own(operation: string): ConnectionBook {
    if (book !== null) return book
    throw new BrokerError('NOT_SUPPORTED', 'Connections are kept by the program that shows them.', {
      operation,
    })
  }
  return {
    connections: {
      list: connections.list.handler(() => own('connections.list').list()),
      add: connections.add.handler(({ input }) => own('connections.add').add(input)),
      change: connections.change.handler(({ input: { name, changes } }) =>
        own('connections.change').change(name, changes),
      ),
      remove: connections.remove.handler(({ input: { name } }) => own('connections.remove').remove(name)),
      test: connections.test.handler(({ input }) => own('connections.test').test(input)),
      open: connections.open.handler(({ input: { name } }) => own('connections.open').open(name)),
      close: connections.close.handler(({ input: { name } }) => own('connections.close').close(name)),
    },
  }
}
