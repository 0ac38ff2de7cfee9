import type { EpochMs } from './clock.ts'
import { BrokerError } from './errors.ts'
import { QUEUE_NAME_PATTERN } from './limits.ts'
import {
  type Component,
  COMPONENTS,
  DEFAULT_DEGRADATION_MS,
  DEFAULT_FALLBACK_QUEUE,
  DEGRADATION_STRATEGIES,
  type DegradationMark,
  type DegradationStrategy,
  type MarkDegraded,
  MAX_DEGRADATION_MS,
  MIN_DEGRADATION_MS,
  type Resilience,
  type ComponentState,
} from './resilience.ts'
import type { SubmitTask } from './task.ts'

const SHARE_OF_THROUGHPUT = 0.1

/**
 * @param throughputPerSecond what was finished per second lately; reduce_throughput leaves a tenth of it.
 * @throws INVALID_REQUEST naming the field.
 */
export function toDegradationMark(
  {
    component,
    strategy,
    ttlMs = DEFAULT_DEGRADATION_MS,
    fallbackQueue = DEFAULT_FALLBACK_QUEUE,
  }: MarkDegraded,
  throughputPerSecond: number,
  now: EpochMs,
): DegradationMark {
  checkComponent(component)
  if (!DEGRADATION_STRATEGIES.includes(strategy))
    throw refuse('strategy', `must be one of ${DEGRADATION_STRATEGIES.join(', ')}`)
  if (!(Number.isInteger(ttlMs) && ttlMs >= MIN_DEGRADATION_MS && ttlMs <= MAX_DEGRADATION_MS))
    throw refuse('ttlMs', `must be a whole number from ${MIN_DEGRADATION_MS} to ${MAX_DEGRADATION_MS}`)
  if (!QUEUE_NAME_PATTERN.test(fallbackQueue))
    throw refuse('fallbackQueue', 'must be a queue name: 1 to 128 of A-Z a-z 0-9 _ . : -')
  return {
    component,
    strategy,
    since: now,
    until: now + ttlMs,
    fallbackQueue: strategy === 'queue_to_fallback' ? fallbackQueue : null,
    claimsPerSecond:
      strategy === 'reduce_throughput'
        ? Math.max(1, Math.floor(throughputPerSecond * SHARE_OF_THROUGHPUT))
        : null,
  }
}

/** @throws INVALID_REQUEST */
export function checkComponent(component: Component): void {
  if (!COMPONENTS.includes(component)) throw refuse('component', `must be one of ${COMPONENTS.join(', ')}`)
}

/** Standing until its end, by the wall clock. */
export const isStanding = ({ until }: DegradationMark, now: EpochMs): boolean => now < until

/** Whichever component was marked with it. */
export function findStrategy(
  marks: readonly DegradationMark[],
  strategy: DegradationStrategy,
  now: EpochMs,
): DegradationMark | null {
  return marks.find((mark) => mark.strategy === strategy && isStanding(mark, now)) ?? null
}

/** A mark that answers reads of this component without asking it. */
export function findAnswering(
  marks: readonly DegradationMark[],
  component: Component,
  now: EpochMs,
): DegradationMark | null {
  const mark = marks.find((each) => each.component === component)
  if (mark === undefined || !isStanding(mark, now)) return null
  return mark.strategy === 'return_cached' || mark.strategy === 'default_value' ? mark : null
}

export function toFallback(
  tasks: readonly SubmitTask[],
  mark: DegradationMark | null,
): readonly SubmitTask[] {
  const queue = mark?.fallbackQueue ?? null
  return queue === null ? tasks : tasks.map((task) => ({ ...task, queue }))
}

/** The slowest of those that stand; null when none slows. */
export function findThrottle(
  marks: readonly DegradationMark[],
  now: EpochMs,
): { readonly claimsPerSecond: number; readonly until: EpochMs } | null {
  const slowest = marks
    .filter((mark) => mark.claimsPerSecond !== null && isStanding(mark, now))
    .toSorted((one, other) => one.claimsPerSecond! - other.claimsPerSecond!)[0]
  return slowest === undefined ? null : { claimsPerSecond: slowest.claimsPerSecond!, until: slowest.until }
}

export function toResilience(components: readonly ComponentState[], at: EpochMs): Resilience {
  const well = components.filter(({ isHealthy, degradation }) => isHealthy && degradation === null).length
  return { at, components, score: Math.round((well / components.length) * 1000) / 10 }
}

function refuse(path: string, what: string): BrokerError {
  return new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
}
