import type { DialectDescription } from '../../http/docs/description.ts'
import { errorAnswer } from './answers.ts'
import { monitoringDescriptions } from './describe-monitoring.ts'
import { searchDescriptions } from './describe-search.ts'
import { taskDescriptions } from './describe-tasks.ts'
import { workDescriptions } from './describe-work.ts'
import { workerDescriptions } from './describe-workers.ts'
import { workflowDescriptions } from './describe-workflows.ts'
import type { DtqsOperation, WorkOperation } from './operations.ts'

export const dtqsDescription: DialectDescription<DtqsOperation | WorkOperation> = {
  title: 'Distributed Task Queue System',
  description: `Tasks, workers, workflows, search, analytics, alerts, resilience, replay and compare.

An address may ask 1000 times a minute, unless the server was started with another \`--rate-limit\`: the headers
\`X-RateLimit-Limit\`, \`-Remaining\` and \`-Reset\` tell how it stands, past it the answer is 429 \`RATE_LIMITED\`. While a
service is marked as degraded, \`X-Answer-Origin\` tells which answers are not of now.`,
  errorBody: errorAnswer,
  operations: {
    ...taskDescriptions,
    ...workerDescriptions,
    ...workDescriptions,
    ...workflowDescriptions,
    ...searchDescriptions,
    ...monitoringDescriptions,
  },
}
