import type { Broker } from '../../src/shared/domain/broker.ts'

/** A broker of its own for one case, empty, with the handlers of {@link TASK_FILES}. */
export interface BrokerFixture extends AsyncDisposable {
  readonly broker: Broker
  /** Lets time pass for the broker, in milliseconds. */
  advance(ms: number): void
}

export type OpenBroker = () => Promise<BrokerFixture>
