import type { Broker } from '../../../shared/domain/broker.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import {
  checkComponent,
  findStrategy,
  toDegradationMark,
  toFallback,
  toResilience,
} from '../../../shared/domain/degradation.ts'
import type { ResiliencePort } from '../../../shared/domain/resilience.ts'
import type { FoundHealth } from './component-health.ts'
import type { DegradationBook } from './degradation-book.ts'
import { degradeReads } from './degrade-reads.ts'

/**
 * The broker that goes on with less while one of its components is marked
 * (docs/decisions/0007-degradation.md).
 */
export function withResilience(
  broker: Omit<Broker, keyof ResiliencePort>,
  dependencies: {
    readonly clock: Clock
    readonly book: DegradationBook
    readonly checkComponents: () => Promise<readonly FoundHealth[]>
    /** Finished per second lately, whatever is degraded. */
    readonly throughputPerSecond: () => Promise<number>
  },
): Broker {
  const { clock, book } = dependencies
  const { reads, originOf } = degradeReads(broker, { clock, standing: book.standing })

  /** The mark that a strategy is owed to, if any. */
  function standingFor(strategy: Parameters<typeof findStrategy>[1]) {
    const marks = book.standing()
    return marks.length === 0 ? null : findStrategy(marks, strategy, clock.now())
  }

  return {
    ...broker,
    ...reads,
    originOf,
    submit: (tasks) => broker.submit(toFallback(tasks, standingFor('queue_to_fallback'))),
    writeLog: (workerId, lease, lines) =>
      broker.writeLog(workerId, lease, standingFor('skip_enrichment') === null ? lines : []),
    async resilience() {
      const found = await dependencies.checkComponents()
      const marks = new Map(book.standing().map((mark) => [mark.component, mark]))
      const components = found.map((each) => ({ ...each, degradation: marks.get(each.name) ?? null }))
      return toResilience(components, clock.now())
    },
    async markDegraded(wanted) {
      const mark = toDegradationMark(wanted, await dependencies.throughputPerSecond(), clock.now())
      await book.set(mark)
      return mark
    },
    async degradations() {
      return book.standing()
    },
    async clearDegradation(component) {
      checkComponent(component)
      return book.clear(component)
    },
    async mayWaitForResults() {
      return standingFor('async_fallback') === null
    },
  }
}
