import { attachTurbine } from '../../src/server/dialects/turbine/attach.ts'
import { turbine } from '../../src/server/dialects/turbine/serve.ts'
import type { TaskQuery } from '../../src/shared/domain/task-query.ts'
import { cancelCases } from './cancel-cases.ts'
import { deadLetterCases } from './dead-letter-cases.ts'
import { describeDialect } from './dialect-suite.ts'
import { eventCases } from './event-cases.ts'
import { listCases } from './list-cases.ts'
import { queueCases } from './queue-cases.ts'
import { retryCases } from './retry-cases.ts'
import { runCases } from './run-cases.ts'
import { workerCases } from './worker-cases.ts'

describeDialect({
  dialect: turbine,
  attach: attachTurbine,
  async refusesOnPurpose(method, [first, second]) {
    if (method === 'purgeDeadLetters') return second !== 'all'
    if (method !== 'listTasks' && method !== 'countTasks') return false
    // Its lists go one way, and its dead letters are listed by queue, without any other condition.
    const { order, isDeadLetter, queue, createdBefore, createdAfter } = first as TaskQuery
    const isOfQueue = queue !== undefined && createdAfter === undefined && createdBefore === undefined
    return order === 'oldest' || (isDeadLetter !== undefined && !isOfQueue)
  },
  cases: [runCases, retryCases, cancelCases, deadLetterCases, queueCases, listCases, workerCases, eventCases],
})
