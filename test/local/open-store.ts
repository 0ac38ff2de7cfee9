import { createReader } from '../../src/server/local/store/reader.ts'
import type { Store } from '../../src/server/local/store/store-client.ts'
import { openWriter } from '../store/open-writer.ts'

/**
 * The store's own writer and reader on a real database, in this thread: for what stands on the store,
 * needs many of them, and does not care for threads.
 */
export async function openTestStore(): Promise<{ readonly store: Store } & Disposable> {
  const opened = await openWriter()
  const reader = createReader(opened.db)
  const store: Store = {
    // As across threads, a refusal is a rejection.
    run: async (name, params) => opened.run(name, params, timeOf(params)),
    read: async (name, params) => (reader[name] as (given: unknown) => never)(params),
    numbers: async (name, params) => (opened.writer.numbers[name] as (given: unknown) => never)(params),
    isBusy: () => false,
    opened: { wasUnclean: false, setAside: null, damagedFiles: [] },
    checkAll: async () => null,
    onCommit: () => {},
    onFailure: () => {},
    close: async () => {},
  }
  return { store, [Symbol.dispose]: () => opened[Symbol.dispose]() }
}

function timeOf(params: unknown): number {
  return typeof params === 'object' && params !== null && 'now' in params ? Number(params.now) : 0
}
