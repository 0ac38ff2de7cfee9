import type { Reader } from '../../src/server/local/store/reader.ts'
import type { Store } from '../../src/server/local/store/store-client.ts'
import type { OpenWriter } from './open-writer.ts'

/** A store's commands and queries on one connection, so that a test moves the time. */
export function storeOn(
  store: OpenWriter,
  reader: Reader,
  now: () => number = () => 0,
): Pick<Store, 'run' | 'read' | 'isBusy'> {
  return {
    run: (name, params) => Promise.resolve(store.run(name, params, now())),
    isBusy: () => false,
    read: (name, params) => Promise.resolve(reader[name](params as never) as never),
  }
}
