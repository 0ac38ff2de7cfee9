import type { Broker } from '../../src/shared/domain/broker.ts'
import type { Capabilities } from '../../src/shared/domain/capabilities.ts'

/** A broker of its own for one case, empty, with the handlers of {@link TASK_FILES}. */
export interface BrokerFixture extends AsyncDisposable {
  readonly broker: Broker
  /** Lets time pass for the broker, in milliseconds. */
  advance(ms: number): void
  /** The id by which handlers know a task, where the broker under test has ids of its own. */
  readonly idBehind?: (id: string) => Promise<string>
}

/** Opens one for each case. What it `lacks` is false in its capabilities; cases that need that are left out. */
export interface OpenBroker {
  (): Promise<BrokerFixture>
  readonly lacks?: readonly (keyof Capabilities)[]
}

/** Whether the broker under test has a capability, for cases that need it. */
export const has = (open: OpenBroker, capability: keyof Capabilities): boolean =>
  open.lacks?.includes(capability) !== true
