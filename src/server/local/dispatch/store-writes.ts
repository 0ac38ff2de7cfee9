import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { Store } from '../store/store-client.ts'
import type { WorkerReport } from '../store/writer.ts'

/** How long a disk that failed is left alone before what it refused is tried again. */
const RETRY_MS = 500

/** What the dispatcher writes: nobody waits for it, and nothing of it may be lost while the program runs. */
export interface StoreWrites {
  /**
   * Writes what workers told. When the disk fails it is tried again until it is written, and what is
   * told meanwhile waits behind it, in order.
   */
  report(report: WorkerReport): void
  /** Remembers a write under way; a failure is told, and answered with undefined. */
  track<Value>(write: Promise<Value>): Promise<Value | undefined>
  /** Calls `act` after a pause, unless it stops before. */
  later(act: () => void): void
  /** Resolves when nothing is under way; what the disk still refuses is left to the next start. */
  stop(): Promise<void>
}

export function createStoreWrites(store: Store, onError: (error: unknown) => void): StoreWrites {
  const pending = new Set<Promise<unknown>>()
  const timers = new Set<NodeJS.Timeout>()
  const refused: WorkerReport[] = []
  let isStopping = false
  let isStoreGone = false
  store.onFailure(() => {
    isStoreGone = true
  })

  function track<Value>(write: Promise<Value>): Promise<Value | undefined> {
    const settled: Promise<Value | undefined> = write
      .catch((error: unknown) => {
        if (!isStopping) onError(error)
        return undefined
      })
      .finally(() => pending.delete(settled))
    pending.add(settled)
    return settled
  }

  function later(act: () => void): void {
    if (isStopping || isStoreGone) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, RETRY_MS)
    timers.add(timer)
  }

  function send(report: WorkerReport): void {
    void track(
      store.run('report', report).catch((error: unknown) => {
        // The store says that nothing of it was done. Anything else is a bug, and would be one again.
        if (isStoreGone || !isBrokerError(error, 'SERVICE_UNAVAILABLE')) throw error
        if (refused.length === 0) {
          if (!isStopping) onError(error)
          later(sendRefused)
        }
        refused.push(report)
      }),
    )
  }

  function sendRefused(): void {
    for (const report of refused.splice(0)) send(report)
  }

  return {
    track,
    later,
    report(report) {
      if (refused.length > 0) refused.push(report)
      else send(report)
    },
    async stop() {
      isStopping = true
      for (const timer of timers) clearTimeout(timer)
      sendRefused()
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
