import { attachTaskqueue } from '../../src/server/dialects/taskqueue/attach.ts'
import { taskqueue } from '../../src/server/dialects/taskqueue/serve.ts'
import { controlCases } from './control-cases.ts'
import { deleteCases } from './delete-cases.ts'
import { describeDialect } from './dialect-suite.ts'
import { listCases } from './list-cases.ts'
import { retryCases } from './retry-cases.ts'
import { runCases } from './run-cases.ts'
import { submitCases } from './submit-cases.ts'
import { workerCases } from './worker-cases.ts'

/** The priorities that its four levels stand for. */
const LEVELS: ReadonlySet<unknown> = new Set([undefined, 2, 5, 8, 10])
const hasNoLevel = (priority: unknown) =>
  Number.isInteger(priority) && Number(priority) >= 0 && Number(priority) <= 10 && !LEVELS.has(priority)

describeDialect({
  dialect: taskqueue,
  attach: attachTaskqueue,
  ownIds: (local) => ({
    toLocalTask: async (id) => (/^\d+$/.test(id) ? (await local.getTaskByNumber(Number(id))).id : id),
    toLocalWorker: async (id) => (/^\d+$/.test(id) ? (await local.getWorkerByNumber(Number(id))).id : id),
    ofTask: ({ number }) => String(number),
  }),
  async refusesOnPurpose(method, parameters, local) {
    // The nearest of its four levels is taken.
    if (method === 'submit') return hasNoLevel((parameters[0] as [{ priority?: number }])[0].priority)
    if (method === 'updateTask') return hasNoLevel((parameters[1] as { priority?: number }).priority)
    if (method !== 'deleteTask' && method !== 'getTask') return false
    const task = await local.getTaskByNumber(Number(parameters[0])).catch(() => null)
    if (method === 'getTask') return hasNoLevel(task?.priority)
    // It deletes in any state, and stops what runs.
    return task?.state === 'running'
  },
  cases: [submitCases, runCases, retryCases, controlCases, deleteCases, listCases, workerCases],
})
