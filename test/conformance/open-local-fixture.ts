import { movableClock } from '../support/movable-clock.ts'
import { openTestBroker } from '../support/open-test-broker.ts'
import { TASK_FILES } from './broker-suite.ts'
import type { OpenBroker } from './open-broker.ts'

/** The local broker under test, with a clock that a case can move. */
export const openLocalFixture: OpenBroker = async () => {
  const clock = movableClock()
  const fixture = await openTestBroker({ taskFiles: TASK_FILES, clock })
  return { ...fixture, advance: (ms) => clock.advance(ms) }
}
