import type { Store } from '../store/store-client.ts'

/** Tasks a transaction: a few milliseconds of the writing thread. */
const SLICE = 50
/** After a slice the writing thread is left alone for this many times as long, and longer when others want it. */
const REST = 4
const BUSY_REST = 24
/** Events that change no text are passed over without writing how far until there are this many. */
const MIN_PASSED = 1000

export interface FillSearch {
  /** Brings the full-text index up to date, in slices with rests between them. */
  run(): Promise<void>
  /** Ends the run under way after its slice. */
  stop(): void
}

export function createFillSearch(store: Pick<Store, 'run' | 'read' | 'isBusy'>): FillSearch {
  let isStopped = false
  let passedFrom: number | null = null
  return {
    async run() {
      while (!isStopped) {
        const changes = await store.read('searchChanges', { limit: SLICE })
        passedFrom ??= changes.seq
        if (changes.numbers.length > 0 || !changes.isLast || changes.seq - passedFrom >= MIN_PASSED) {
          const startedAt = performance.now()
          await store.run('indexTasks', changes)
          passedFrom = changes.seq
          if (!changes.isLast)
            await rest((performance.now() - startedAt) * (store.isBusy() ? BUSY_REST : REST))
        }
        if (changes.isLast) return
      }
    },
    stop() {
      isStopped = true
    },
  }
}

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 200)))
