import { describeBroker } from './broker-suite.ts'
import { openLocalFixture } from './open-local-fixture.ts'

describeBroker('the local broker', openLocalFixture, ['workers'])
