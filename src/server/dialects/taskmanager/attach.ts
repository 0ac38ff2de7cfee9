import * as z from 'zod'
import { capableOf, type Coverage, EVERYTHING } from '../../../shared/domain/capabilities.ts'
import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import { BrokerError, taskNotFound } from '../../../shared/domain/errors.ts'
import { NO_KWARGS } from '../../../shared/domain/json.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { AttachedBroker, AttachOptions } from '../../attach/attach-options.ts'
import { anyJson, id, instantText } from '../../attach/answer-fields.ts'
import { blankTask, UNTOLD_ERROR_TYPE, untoldBut } from '../../attach/blank-task.ts'
import { readDetail } from '../../attach/detail-answer.ts'
import { fieldInMessage } from '../../attach/field-in-message.ts'
import { firstAnswer } from '../../attach/first-answer.ts'
import { createJsonCalls, isSegment, pathOf, type RefusedAnswer } from '../../attach/json-calls.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import { limitBroker } from '../../attach/limit-broker.ts'
import { refuseEvents } from '../../attach/no-events.ts'
import { readTaskmanagerState, TASKMANAGER_STATE_GROUPS, TASKMANAGER_STATES } from './states.ts'

const NOT_THERE = 'The taskmanager API has no call for this.'
const NO_EVENTS = 'The taskmanager API tells no events; its tasks are asked for again and again.'
const NO_LISTS = 'The taskmanager API finds a task by its id alone, and lists none.'

export const CAPABILITIES = capableOf(
  ['submit', 'priorities', 'readTasks', 'deleteTasks'],
  {
    events: NO_EVENTS,
    listTasks: NO_LISTS,
    listInputs: NO_LISTS,
    countTasks: NO_LISTS,
    cancel: 'The taskmanager API cannot cancel a task.',
    cancelRunning: 'The taskmanager API cannot cancel a task.',
    terminate: 'The taskmanager API cannot stop a task.',
    scheduling: 'The taskmanager API takes tasks for now alone.',
    submitTogether: 'The taskmanager API takes one task a submit.',
    subtasks: 'The taskmanager API tells the ids of subtasks alone.',
  },
  NOT_THERE,
)

export const COVERAGE: Coverage = {
  submitFields: ['name', 'args', 'kwargs', 'priority'],
  changeFields: [],
  replayFields: [],
  taskFilters: [],
  stateGroups: TASKMANAGER_STATE_GROUPS,
  untold: {
    ...EVERYTHING.coverage.untold,
    task: untoldBut('id', 'state', 'progress', 'result', 'createdAt', 'startedAt', 'finishedAt'),
  },
}

const state = z.enum(TASKMANAGER_STATES)
const receiptAnswer = z.object({ task_id: id, state, submitted_at: instantText })
const taskAnswer = receiptAnswer.extend({
  progress: z.number().min(0).max(1).nullish(),
  result: anyJson,
  error: z.string().nullish(),
  error_type: z.string().nullish(),
  started_at: instantText.nullish(),
  completed_at: instantText.nullish(),
})
/** That it names its service tells it from other servers with the same path. */
const healthAnswer = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  service: z.string(),
  version: z.string().max(100).optional(),
})

/**
 * Attaches to a server that speaks `taskmanager` (spec: taskmanager.md), through its five calls.
 * @throws AttachError when it cannot be reached, refuses, or is something else; INVALID_REQUEST for an
 *   address that is none.
 */
export async function attachTaskmanager(options: AttachOptions): Promise<AttachedBroker> {
  const calls = createJsonCalls({ ...options, refusalOf, kind: 'a server that speaks taskmanager' })
  const attachedAt = options.clock.now()
  const askHealth = () => calls.read(healthAnswer, { path: '/health' })
  async function health(): Promise<BrokerHealth> {
    const { status } = await askHealth()
    return { status, startedAt: attachedAt, components: [] }
  }
  const { version } = await firstAnswer(calls, askHealth)
  const broker = limitBroker({
    capabilities: CAPABILITIES,
    coverage: COVERAGE,
    calls: {
      health,
      async submit([task]) {
        const { name, args, kwargs, priority } = task!
        const receipt = await calls.write(receiptAnswer, {
          method: 'POST',
          path: '/api/v1/tasks',
          // `kwargs` is always said: it tells the format from that of another dialect of the same route.
          body: objectText({
            task_name: textOf(name),
            args,
            kwargs: kwargs ?? NO_KWARGS,
            priority: textOf(priority),
          }),
        })
        return [{ ...toTask(receipt), name, isRepeat: false }]
      },
      async getTask(taskId) {
        if (!isSegment(taskId)) throw taskNotFound(taskId)
        return toTask(await calls.read(taskAnswer, { path: pathOf`/api/v1/tasks/${taskId}` }))
      },
      async deleteTask(taskId) {
        if (!isSegment(taskId)) throw taskNotFound(taskId)
        await calls.write(z.unknown(), { method: 'DELETE', path: pathOf`/api/v1/tasks/${taskId}` })
      },
    },
    subscribe: () => refuseEvents(NO_EVENTS),
    [Symbol.asyncDispose]: async () => calls.http.close(),
  })
  return { ...broker, serverVersion: version ?? null }
}

type Told = z.output<typeof receiptAnswer> & Partial<z.output<typeof taskAnswer>>

function toTask({ task_id, state: told, progress, result, error, error_type, ...times }: Told): Task {
  return {
    ...blankTask(task_id),
    state: readTaskmanagerState(told),
    progress:
      progress == null ? null : { fraction: progress, stage: null, message: null, at: times.submitted_at },
    result: told === 'SUCCESS' && result !== undefined ? result : null,
    error:
      error == null
        ? null
        : { type: error_type ?? UNTOLD_ERROR_TYPE, message: error, traceback: null, cause: null },
    createdAt: times.submitted_at,
    updatedAt: times.completed_at ?? times.started_at ?? times.submitted_at,
    startedAt: times.started_at ?? null,
    finishedAt: times.completed_at ?? null,
  }
}

const TASK_PATH = /^\/api\/v1\/tasks\/([^/]+)$/
const DOMAIN_FIELDS = { task_name: 'name', args: 'args', kwargs: 'kwargs', priority: 'priority' }

function refusalOf({ status, body, request }: RefusedAnswer): BrokerError | null {
  const answer = readDetail(body)
  if (answer === null) return null
  const { detail } = answer
  const taskId = decodeURIComponent(TASK_PATH.exec(request.path)?.[1] ?? '')
  if (status === 400 || status === 422)
    return new BrokerError('INVALID_REQUEST', detail, { path: fieldInMessage(detail, DOMAIN_FIELDS) })
  if (status === 404 && taskId !== '') return taskNotFound(taskId)
  if (status === 409 && taskId !== '')
    return new BrokerError('INVALID_STATE', detail, { taskId, state: 'unfinished', wanted: 'deleted' })
  return null
}
