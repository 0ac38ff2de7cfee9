import { describeBroker } from './broker-suite.ts'
import { openContractFixture } from './open-contract-fixture.ts'

describeBroker('a Penstock attached to through the contract', openContractFixture, ['watching'])
