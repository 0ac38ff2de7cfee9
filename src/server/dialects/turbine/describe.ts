import type { DialectDescription } from '../../http/docs/description.ts'
import { errorAnswer } from './answers.ts'
import { systemDescriptions } from './describe-system.ts'
import { taskDescriptions } from './describe-tasks.ts'
import type { TurbineOperation } from './wire.ts'

export const turbineDescription: DialectDescription<TurbineOperation> = {
  title: 'Turbine Dashboard API',
  description: `Monitoring and control: overview, workers, queues, tasks, dead letters, metrics, live events.

Answers are bare. With \`?envelope=true\` they are wrapped as \`{"status", "data", "error"}\`.`,
  errorBody: errorAnswer,
  operations: { ...systemDescriptions, ...taskDescriptions },
}
