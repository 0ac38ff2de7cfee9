import type { DialectDescription } from '../../http/docs/description.ts'
import { errorAnswer } from './answers.ts'
import { progressDescriptions } from './describe-progress.ts'
import { systemDescriptions } from './describe-system.ts'
import { taskDescriptions } from './describe-tasks.ts'
import type { AsynqOperation } from './wire.ts'

export const asynqDescription: DialectDescription<AsynqOperation> = {
  title: 'Asynq API Reference',
  description:
    'Typed tasks with uniqueness, scheduled execution and time limits, their progress as streams, queue statistics and health checks.',
  errorBody: errorAnswer,
  operations: { ...taskDescriptions, ...progressDescriptions, ...systemDescriptions },
}
