import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { isFinal } from '../../../shared/domain/state.ts'
import { tellOrigin } from '../answer-origin.ts'
import { cancelTask } from '../cancel-task.ts'
import { type DialectDependencies, type OperationHandlers, pathParameter } from '../dialect.ts'
import { invalidField, readInput } from '../read-input.ts'
import type { SharedTaskOperation, Submitted, TaskRoutes } from '../shared-task-routes.ts'
import { waitForTask } from '../wait-for-task.ts'
import { toComparison } from './compare.ts'
import type { DtqsOperation } from './operations.ts'
import { toPage } from './query-fields.ts'
import type { RateGuard } from './rate-limit.ts'
import { DTQS_SUBMIT_FIELDS, submitQuery, taskFields, toSubmitTask } from './submit-wire.ts'
import { taskListQuery, toOrder, toTaskQuery } from './task-query-wire.ts'
import { toTimeline } from './timeline.ts'
import { toDtqsState } from './states.ts'
import { toSubmitAnswer, toTaskAnswer, toTaskItem } from './wire.ts'

export type TaskOperation = Exclude<
  Extract<DtqsOperation, `${string} /api/v1/tasks${string}`>,
  SharedTaskOperation
>

/** How long a submit with `async=false` waits for the end of its task. */
const WAIT_MS = 300_000
const MAX_IDEMPOTENCY_KEY_LENGTH = 200
const MAX_TOLD = 1000

export function taskHandlers({ broker }: DialectDependencies): OperationHandlers<TaskOperation> {
  return {
    'GET /api/v1/tasks': async (request, reply) => {
      const asked = readInput(taskListQuery, request.query)
      const query = toTaskQuery(asked)
      const { limit, offset } = asked
      const [page, total] = await Promise.all([
        broker.listTasks({ ...query, ...toOrder(asked), limit, offset }),
        broker.countTasks(query),
      ])
      return toPage('tasks', tellOrigin(broker, reply, page).tasks.map(toTaskItem), { total, limit, offset })
    },
    'POST /api/v1/tasks/:task_id/cancel': async (request) => {
      const task = await cancelTask(broker, pathParameter(request, 'task_id'), true)
      const message = isFinal(task.state) ? 'Task cancelled successfully' : 'Task is being cancelled'
      return { task_id: task.id, status: toDtqsState(task.state), message }
    },
    'POST /api/v1/tasks/:task_id/replay': async (request, reply) => {
      const id = pathParameter(request, 'task_id')
      const receipt = await broker.replay(id, {})
      void reply.code(201)
      return { task_id: receipt.id, status: toDtqsState(receipt.state), original_task_id: id }
    },
    'GET /api/v1/tasks/:task_id/timeline': async (request) => {
      const id = pathParameter(request, 'task_id')
      const [task, attempts, progress, replays] = await Promise.all([
        broker.getTask(id),
        broker.attempts(id),
        broker.progressHistory(id, { limit: MAX_TOLD }),
        broker.listTasks({ replayOf: id, order: 'oldest', limit: MAX_TOLD }),
      ])
      return toTimeline({ task, attempts, progress, replays: replays.tasks })
    },
    'GET /api/v1/tasks/:task_id1/compare/:task_id2': async (request) => {
      const [one, other] = await Promise.all([
        broker.getTask(pathParameter(request, 'task_id1')),
        broker.getTask(pathParameter(request, 'task_id2')),
      ])
      return toComparison(one, other)
    },
  }
}

/** This dialect's part in the routes that it may share. */
export function taskRoutes({ broker }: DialectDependencies, guard: RateGuard): TaskRoutes {
  return {
    ownFields: DTQS_SUBMIT_FIELDS,
    submit(request, reply) {
      guard(request, reply)
      return submit(broker, request, reply)
    },
    onRead: (request, reply, isShared) => guard(request, reply, { mayRefuse: !isShared }),
    toReceipt: toSubmitAnswer,
    toTask: toTaskAnswer,
  }
}

/** With `async=false` the answer waits for the end of the task, and is that of one task. */
async function submit(broker: Broker, request: FastifyRequest, reply: FastifyReply): Promise<Submitted> {
  const { async: isAsync } = readInput(submitQuery, request.query)
  const idempotencyKey = idempotencyKeyOf(request)
  const task = toSubmitTask(readInput(taskFields, request.body))
  const [receipt] = await broker.submit([{ ...task, idempotencyKey }])
  void reply.code(201)
  if (isAsync) return { receipt: receipt! }
  return { task: await waitForTask(broker, receipt!.id, { reply, limitMs: WAIT_MS }) }
}

/** A repeated submit with the same key answers the first task. */
function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined || key === '') return undefined
  if (typeof key === 'string' && key.length <= MAX_IDEMPOTENCY_KEY_LENGTH) return key
  throw invalidField('Idempotency-Key', `must be at most ${MAX_IDEMPOTENCY_KEY_LENGTH} characters`)
}
