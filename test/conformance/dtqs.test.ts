import { attachDtqs } from '../../src/server/dialects/dtqs/attach.ts'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { cancelCases } from './cancel-cases.ts'
import { describeDialect } from './dialect-suite.ts'
import { dtqsRefuses } from './dtqs-refusals.ts'
import { listCases } from './list-cases.ts'
import { replayCases } from './replay-cases.ts'
import { retryCases } from './retry-cases.ts'
import { runCases } from './run-cases.ts'
import { submitCases } from './submit-cases.ts'

const ELSEWHERE = 'dtqs-system.test.ts'

describeDialect({
  dialect: dtqs,
  attach: attachDtqs,
  refusesOnPurpose: dtqsRefuses,
  cases: [submitCases, runCases, retryCases, cancelCases, replayCases, listCases],
  shownElsewhere: {
    workers: ELSEWHERE,
    pauseWorkers: ELSEWHERE,
    changeWorkers: ELSEWHERE,
    workflows: ELSEWHERE,
    alerts: ELSEWHERE,
    alertHistory: ELSEWHERE,
    alertRules: ELSEWHERE,
    resilience: ELSEWHERE,
    trends: ELSEWHERE,
    bulk: '../attach/dtqs.test.ts',
  },
})
