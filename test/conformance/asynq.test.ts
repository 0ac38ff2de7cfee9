import { attachAsynq } from '../../src/server/dialects/asynq/attach.ts'
import { asynq } from '../../src/server/dialects/asynq/serve.ts'
import { NO_ARGS, NO_KWARGS } from '../../src/shared/domain/json.ts'
import type { SubmitTask } from '../../src/shared/domain/task.ts'
import type { TaskQuery } from '../../src/shared/domain/task-query.ts'
import { cancelCases } from './cancel-cases.ts'
import { deleteCases } from './delete-cases.ts'
import { describeDialect, submitsUnknownName } from './dialect-suite.ts'
import { listCases } from './list-cases.ts'
import { queueCases } from './queue-cases.ts'
import { runCases } from './run-cases.ts'
import { submitCases } from './submit-cases.ts'

describeDialect({
  dialect: asynq,
  attach: attachAsynq,
  async refusesOnPurpose(method, parameters, local) {
    if (await submitsUnknownName(method, parameters, local)) return true
    if (method === 'listTasks') return (parameters[0] as TaskQuery).order === 'oldest'
    if (method === 'cancel') {
      // It stops what runs, and asks nothing.
      const [id, { terminate }] = parameters as [string, { terminate: boolean }]
      const task = await local.getTask(id).catch(() => null)
      return !terminate && task?.state === 'running'
    }
    if (method !== 'submit') return false
    const [task] = parameters[0] as readonly [SubmitTask]
    // What its handler would not take is refused at once.
    const { name, args = NO_ARGS, kwargs = NO_KWARGS } = task
    if ((await local.checkInput(name, { args, kwargs })) !== null) return true
    // A unique key of one's own is none there; and who leaves the limit to it gets half an hour, its own default.
    return task.unique !== undefined || leavesAllButTime(task)
  },
  cases: [submitCases, runCases, cancelCases, deleteCases, queueCases, listCases],
})

const leavesAllButTime = (task: SubmitTask) => Object.keys(task).join() === 'name,runAt'
