import { attachTaskmanager } from '../../src/server/dialects/taskmanager/attach.ts'
import { taskmanager } from '../../src/server/dialects/taskmanager/serve.ts'
import { isFinal } from '../../src/shared/domain/state.ts'
import { cancelCases } from './cancel-cases.ts'
import { deleteCases } from './delete-cases.ts'
import { describeDialect, submitsUnknownName } from './dialect-suite.ts'
import { replayCases } from './replay-cases.ts'
import { retryCases } from './retry-cases.ts'
import { runCases } from './run-cases.ts'
import { submitCases } from './submit-cases.ts'

describeDialect({
  dialect: taskmanager,
  attach: attachTaskmanager,
  async refusesOnPurpose(method, parameters, local) {
    if (await submitsUnknownName(method, parameters, local)) return true
    if (method !== 'deleteTask') return false
    // It cleans up what is over, and nothing else.
    const task = await local.getTask(parameters[0] as string).catch(() => null)
    return task !== null && !isFinal(task.state) && task.state !== 'running'
  },
  cases: [submitCases, runCases, retryCases, cancelCases, replayCases, deleteCases],
})
