import { BULK_ACTIONS, type BulkPort, type NewBulk } from '../../../shared/domain/bulk-port.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { MAX_PRIORITY, MIN_PRIORITY } from '../../../shared/domain/limits.ts'
import type { Store } from '../store/store-client.ts'
import type { ToldAttempt } from '../store/commands/bulk.ts'

/** Tasks a transaction, at most. */
const SLICE = 100

export interface BulkDependencies {
  readonly store: Pick<Store, 'run' | 'read'>
  readonly clock: Clock
  /** Tells a running attempt to end, wherever it runs; with `terminate` it is stopped. */
  readonly stopAttempt: (
    attempt: ToldAttempt,
    why: { readonly why: 'cancel' | 'pause'; readonly terminate: boolean },
  ) => Promise<unknown>
  readonly onProblem: (message: string, error?: unknown) => void
}

export interface Bulk {
  readonly port: BulkPort
  /** Starts no further slice; resolves when none is under way. What ran is told as failed from the next start on. */
  stop(): Promise<void>
}

export function createBulk({ store, clock, stopAttempt, onProblem }: BulkDependencies): Bulk {
  const running = new Set<Promise<void>>()
  let isStopped = false

  async function run(id: string, bulk: NewBulk, upTo: number): Promise<void> {
    const { action, query, terminate = false, withSucceeded = false } = bulk
    const why = action === 'pause' ? 'pause' : 'cancel'
    await store.run('bulkMatched', { id, matched: await store.read('countMatching', { query, upTo }) })
    let after = 0
    while (!isStopped) {
      const numbers = await store.read('matchingNumbers', { query, after, upTo, limit: SLICE })
      if (numbers.length === 0) {
        await store.run('endBulk', { id, state: 'done', reason: null, now: clock.now() })
        return
      }
      const told = await store.run('bulkSlice', { id, numbers, withSucceeded, now: clock.now() })
      if (told === null) return
      await Promise.all(told.map((attempt) => stopAttempt(attempt, { why, terminate })))
      after = numbers.at(-1)!
    }
  }

  async function runToEnd(id: string, bulk: NewBulk, upTo: number): Promise<void> {
    try {
      await run(id, bulk, upTo)
    } catch (error) {
      if (isStopped) return
      onProblem(`The operation ${id} failed`, error)
      const reason = error instanceof Error ? error.message : String(error)
      await store
        .run('endBulk', { id, state: 'failed', reason, now: clock.now() })
        .catch((failure: unknown) =>
          onProblem(`That the operation ${id} failed could not be written`, failure),
        )
    }
  }

  return {
    port: {
      async startBulk(given) {
        const bulk = check(given)
        const { operation, upTo } = await store.run('beginBulk', { bulk, now: clock.now() })
        const run = runToEnd(operation.id, bulk, upTo).finally(() => running.delete(run))
        running.add(run)
        return operation
      },
      getOperation: (id) => store.read('bulk', { id }),
      cancelOperation: (id) =>
        store.run('endBulk', { id, state: 'cancelled', reason: null, now: clock.now() }),
      listOperations: () => store.read('bulks', {}),
    },
    async stop() {
      isStopped = true
      await Promise.all(running)
    },
  }
}

/** @throws INVALID_REQUEST; answers it without a place in a list. */
function check({ action, query, priority, terminate, withSucceeded }: NewBulk): NewBulk {
  const refuse = (path: string, what: string): never => {
    throw new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
  }
  if (!BULK_ACTIONS.includes(action)) refuse('action', `must be one of ${BULK_ACTIONS.join(', ')}`)
  const isPriority = Number.isInteger(priority) && priority! >= MIN_PRIORITY && priority! <= MAX_PRIORITY
  if (action === 'priority' && !isPriority)
    refuse('priority', `must be an integer from ${MIN_PRIORITY} to ${MAX_PRIORITY}`)
  if (action !== 'priority' && priority !== undefined)
    refuse('priority', `goes only with the action 'priority'`)
  if (action !== 'cancel' && terminate !== undefined)
    refuse('terminate', `goes only with the action 'cancel'`)
  if (action !== 'retry' && withSucceeded !== undefined)
    refuse('withSucceeded', `goes only with the action 'retry'`)
  const place: ReadonlySet<string> = new Set(['order', 'sort', 'limit', 'cursor', 'offset'])
  const conditions = Object.entries(query).filter(([key]) => !place.has(key))
  return { action, query: Object.fromEntries(conditions), priority, terminate, withSucceeded }
}
