import { movableClock } from '../support/movable-clock.ts'
import { openTestBroker } from '../support/open-test-broker.ts'
import { describeBroker, TASK_FILES } from './broker-suite.ts'

describeBroker('the local broker', async () => {
  const clock = movableClock()
  const fixture = await openTestBroker({ taskFiles: TASK_FILES, clock })
  return { ...fixture, advance: (ms) => clock.advance(ms) }
})
