import type { DialectDescription } from '../../http/docs/description.ts'
import { errorAnswer } from './answers.ts'
import { taskDescriptions } from './describe-tasks.ts'
import { workerDescriptions } from './describe-workers.ts'
import type { TaskqueueOperation } from './operations.ts'

export const taskqueueDescription: DialectDescription<TaskqueueOperation> = {
  title: 'Task Queue System API',
  description:
    'Tasks with integer ids, pause and resume; workers that register, lease tasks and do them. Times are UTC without a zone.',
  errorBody: errorAnswer,
  operations: { ...taskDescriptions, ...workerDescriptions },
}
