import { attachDtqs } from '../../src/server/dialects/dtqs/attach.ts'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { alertCases } from './alert-cases.ts'
import { describeDialect } from './dialect-suite.ts'
import { dtqsRefuses } from './dtqs-refusals.ts'
import { localPoolCases } from './local-pool-cases.ts'
import { numberCases } from './number-cases.ts'
import { resilienceCases } from './resilience-cases.ts'
import { workerCases } from './worker-cases.ts'
import { workflowCases } from './workflow-cases.ts'

describeDialect({
  dialect: dtqs,
  attach: attachDtqs,
  refusesOnPurpose: dtqsRefuses,
  cases: [workerCases, localPoolCases, workflowCases, alertCases, resilienceCases, numberCases],
  shownElsewhere: {
    replay: 'dtqs.test.ts',
    attempts: 'dtqs.test.ts',
    bulk: '../attach/dtqs.test.ts',
  },
})
