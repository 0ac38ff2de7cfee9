import type { EpochMs } from './clock.ts'

/** What a broker stands on. */
export const COMPONENTS = ['database', 'workers', 'scheduler', 'events', 'remote_connections'] as const
export type Component = (typeof COMPONENTS)[number]

/** What is done about an ailing component; exactly what, in docs/decisions/0007-degradation.md. */
export const DEGRADATION_STRATEGIES = [
  'return_cached',
  'default_value',
  'queue_to_fallback',
  'reduce_throughput',
  'skip_enrichment',
  'async_fallback',
] as const
export type DegradationStrategy = (typeof DEGRADATION_STRATEGIES)[number]

export const DEFAULT_DEGRADATION_MS = 300_000
export const MIN_DEGRADATION_MS = 1000
/** A day. */
export const MAX_DEGRADATION_MS = 86_400_000
export const DEFAULT_FALLBACK_QUEUE = 'fallback'

/** Somebody said that a component ails, and what is to be done until then. One a component. */
export interface DegradationMark {
  readonly component: Component
  readonly strategy: DegradationStrategy
  readonly since: EpochMs
  /** From here on it is as if it had never been. */
  readonly until: EpochMs
  /** Of queue_to_fallback: where submits go; else null. */
  readonly fallbackQueue: string | null
  /** Of reduce_throughput: most claims per second, ≥ 1; else null. */
  readonly claimsPerSecond: number | null
}

export interface MarkDegraded {
  readonly component: Component
  readonly strategy: DegradationStrategy
  /** 1 s to a day, default 300 s. */
  readonly ttlMs?: number | undefined
  /** Of queue_to_fallback: a queue's name, default `fallback`. */
  readonly fallbackQueue?: string | undefined
}

export interface ComponentState {
  readonly name: Component
  /** As it was found just now, whatever its mark says. */
  readonly isHealthy: boolean
  readonly detail: string | null
  readonly degradation: DegradationMark | null
}

export interface Resilience {
  readonly at: EpochMs
  /** In the order of {@link COMPONENTS}. */
  readonly components: readonly ComponentState[]
  /** Percent of the components that are healthy and not marked, with one decimal: 4 of 5 are 80. */
  readonly score: number
}

/** Where an answer comes from. Only lists and numbers are ever anything but `live`. */
export type AnswerOrigin =
  | { readonly kind: 'live' }
  /** What the same question was answered at `at`. */
  | { readonly kind: 'cached'; readonly component: Component; readonly at: EpochMs }
  /** Empty, or all zero. */
  | { readonly kind: 'default'; readonly component: Component }

/** Health of the parts, and going on with less while one of them ails. */
export interface ResiliencePort {
  resilience(): Promise<Resilience>
  /** Takes the place of the component's earlier mark. Outlives a restart. @throws INVALID_REQUEST */
  markDegraded(mark: MarkDegraded): Promise<DegradationMark>
  /** Marks that have not run out, in the order of {@link COMPONENTS}. */
  degradations(): Promise<readonly DegradationMark[]>
  /** @returns whether there was a mark. */
  clearDegradation(component: Component): Promise<boolean>
  /** Where something that this broker object answered comes from, so that a face can say so. */
  originOf(answer: object): AnswerOrigin
  /** False while async_fallback holds: who is asked to wait for a result answers at once instead. */
  mayWaitForResults(): Promise<boolean>
}
