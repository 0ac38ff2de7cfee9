import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { BulkOperation } from '../../../shared/domain/bulk-port.ts'

/** Operations on many tasks that are under way, as last looked at. Whatever page is shown. */
const bulkStore = createStore<{ readonly running: readonly BulkOperation[] }>(() => ({ running: [] }))

export function putOperation(operation: BulkOperation): void {
  bulkStore.setState(({ running }) => ({
    running: running.some(({ id }) => id === operation.id)
      ? running.map((each) => (each.id === operation.id ? operation : each))
      : [...running, operation],
  }))
}

export function dropOperation(id: string): void {
  bulkStore.setState(({ running }) => ({ running: running.filter((each) => each.id !== id) }))
}

export function useRunningOperations(): readonly BulkOperation[] {
  return useStore(bulkStore, ({ running }) => running)
}
