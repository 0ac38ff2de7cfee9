import { openTestBroker } from '../support/open-test-broker.ts'
import { describeBroker, TASK_FILES } from './broker-suite.ts'

describeBroker('the local broker', () => openTestBroker({ taskFiles: TASK_FILES }))
