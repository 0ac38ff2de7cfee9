import type { Broker } from '../../shared/domain/broker.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { EventsState } from './attach-subscription.ts'
import type { RemoteLimits } from './remote-http.ts'
import type { ReadRetries } from './retry-reads.ts'

/** Where a server is, and what asking it may cost. */
export interface AttachOptions {
  /** As `http://127.0.0.1:8080`, without the path that the dialect's document names. */
  readonly address: string
  readonly apiKey: string | null
  readonly clock: Clock
  /** Returns a number in [0, 1). */
  readonly random: () => number
  /** Resolves after so many milliseconds, or early with the signal. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly limits?: Partial<RemoteLimits> | undefined
  /** Told when a stream of events is lost, and when it is there again. */
  readonly onEvents?: ((state: EventsState) => void) | undefined
  readonly retries?: Partial<Pick<ReadRetries, 'tries' | 'backoff'>> | undefined
}

/** A server elsewhere, as a broker. */
export interface AttachedBroker extends Broker {
  /** What it said of its version when it was attached; null where its format has none. */
  readonly serverVersion: string | null
}
