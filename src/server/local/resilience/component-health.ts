import { type Component, COMPONENTS, type ComponentState } from '../../../shared/domain/resilience.ts'
import type { Store } from '../store/store-client.ts'

/** A store that has not answered after this long is not healthy. */
const ANSWER_MS = 2000

export interface HealthDependencies {
  readonly store: Pick<Store, 'numbers' | 'read'>
  readonly storeFailure: () => string | null
  /** Something to know of a database that is in order; null when there is nothing. */
  readonly storeNotice: string | null
  /** Number of the last event that subscribers can have. */
  readonly publishedSeq: () => number
  readonly hasActiveWorker: () => boolean
  /** Null when it runs; else why not. */
  readonly executorTrouble: () => string | null
  readonly troubledJobs: () => readonly string[]
}

export type FoundHealth = Pick<ComponentState, 'name' | 'isHealthy' | 'detail'>

/** How each component is right now, as far as it can be asked; never throws. */
export async function checkComponents(dependencies: HealthDependencies): Promise<readonly FoundHealth[]> {
  const troubles = await findTroubles(dependencies)
  return COMPONENTS.map((name) => ({
    name,
    isHealthy: troubles[name] === null,
    detail: troubles[name] ?? (name === 'database' ? dependencies.storeNotice : null),
  }))
}

async function findTroubles(
  dependencies: HealthDependencies,
): Promise<Readonly<Record<Component, string | null>>> {
  const { store, storeFailure, publishedSeq, hasActiveWorker, executorTrouble, troubledJobs } = dependencies
  const [lastSeq, rows] = await Promise.all([
    inTime(store.numbers('lastSeq', null)),
    inTime(store.read('degradations', null)),
  ])
  const jobs = troubledJobs()
  const isDatabaseWell = storeFailure() === null && lastSeq !== null && rows !== null
  return {
    database: isDatabaseWell ? null : (storeFailure() ?? 'does not answer'),
    workers: executorTrouble() ?? (hasActiveWorker() ? null : 'no worker takes tasks'),
    scheduler: jobs.length === 0 ? null : `late or failing: ${jobs.join(', ')}`,
    // Commits are told in order: what the store counted in its answer had been told before.
    events: lastSeq !== null && lastSeq > publishedSeq() ? 'events on disk have not been published' : null,
    // The local broker has none; one that is attached answers for itself.
    remote_connections: null,
  }
}

/** The answer, or null when there is none in time. */
async function inTime<Value>(answer: Promise<Value>): Promise<Value | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>()
  // A turn more for what has arrived: this process itself may have been away.
  const timer = setTimeout(() => setImmediate(() => resolve(null)), ANSWER_MS)
  try {
    return await Promise.race([answer, late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
