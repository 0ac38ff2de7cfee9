import * as z from 'zod'
import { BrokerError, isBrokerError, taskNotFound, workerNotFound } from '../../../shared/domain/errors.ts'
import { NO_KWARGS } from '../../../shared/domain/json.ts'
import { MAX_PRIORITY, MIN_PRIORITY } from '../../../shared/domain/limits.ts'
import type { Task, TaskChanges } from '../../../shared/domain/task.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { isAttachError } from '../../attach/attach-error.ts'
import type { AttachedBroker, AttachOptions } from '../../attach/attach-options.ts'
import { firstAnswer } from '../../attach/first-answer.ts'
import { readDetail } from '../../attach/detail-answer.ts'
import { fieldInMessage } from '../../attach/field-in-message.ts'
import { instantField } from '../../attach/instant-field.ts'
import { createJsonCalls, type JsonCalls, type RefusedAnswer } from '../../attach/json-calls.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import { type AnsweredCalls, limitBroker } from '../../attach/limit-broker.ts'
import { refuseEvents } from '../../attach/no-events.ts'
import { NO_EVENTS, TASKQUEUE_COVERAGE, taskqueueCapabilities } from './abilities.ts'
import { createTaskLists } from './list-told-tasks.ts'
import { toldTask, toldTasks, toldWorker, toldWorkers, toTask, toWorker } from './told.ts'
import { toWirePriority } from './wire.ts'

/**
 * Attaches to a server that speaks `taskqueue` (spec: taskqueue.md). Task ids are its integers, as text.
 * Whether it also lists its workers, as docs/workers.md has it, is asked once.
 * @throws AttachError when it cannot be reached, refuses, or is something else; INVALID_REQUEST for an
 *   address that is none.
 */
export async function attachTaskqueue(options: AttachOptions): Promise<AttachedBroker> {
  const calls = createJsonCalls({ ...options, refusalOf, kind: 'a server that speaks taskqueue' })
  const attachedAt = options.clock.now()
  const look = () => calls.read(toldTasks, { path: '/api/tasks/', query: { limit: 1 } })
  const hasWorkers = await firstAnswer(calls, async () => {
    await look()
    return listsWorkers(calls)
  })
  const broker = limitBroker({
    capabilities: taskqueueCapabilities(hasWorkers),
    coverage: TASKQUEUE_COVERAGE,
    calls: {
      async health() {
        await look()
        return { status: 'healthy', startedAt: attachedAt, components: [] }
      },
      ...taskCalls(calls),
      ...workerCalls(calls),
    },
    subscribe: () => refuseEvents(NO_EVENTS),
    [Symbol.asyncDispose]: async () => calls.http.close(),
  })
  return { ...broker, serverVersion: null }
}

/** The document has no list of workers; a server that does not know it answers anything but a list. */
async function listsWorkers(calls: JsonCalls): Promise<boolean> {
  try {
    await calls.read(toldWorkers, { path: '/api/workers/' })
    return true
  } catch (error) {
    if (isAttachError(error, 'wrong_server', 'bad_answer') || isBrokerError(error, 'INVALID_REQUEST'))
      return false
    throw error
  }
}

function taskCalls(calls: JsonCalls): Partial<AnsweredCalls> {
  const lists = createTaskLists(calls)
  const getTask = async (id: string) => toTask(await calls.read(toldTask, { path: taskPath(id) }))
  const steer = async (
    id: string,
    wanted: string,
    request: { readonly method: 'PATCH' | 'PUT' | 'DELETE'; readonly below?: string; readonly body?: string },
  ): Promise<Task | null> => {
    const { method, below = '', body } = request
    try {
      const told = await calls.write(toldTask.or(z.undefined()), {
        method,
        path: `${taskPath(id)}${below}`,
        body,
      })
      return told === undefined ? null : toTask(told)
    } catch (error) {
      if (!isBrokerError(error, 'TASK_NOT_FOUND', 'INVALID_STATE')) throw error
      // The document answers 404 for one of the wrong state, too.
      const { state } = await getTask(id)
      throw new BrokerError('INVALID_STATE', `Task '${id}' is ${state}; it cannot be ${wanted}.`, {
        taskId: id,
        state,
        wanted,
      })
    }
  }
  const steered = async (...parameters: Parameters<typeof steer>) =>
    (await steer(...parameters)) ?? getTask(parameters[0])
  return {
    async submit([task]) {
      const told = await calls.write(toldTask, {
        method: 'POST',
        path: '/api/tasks/',
        body: objectText(toFields({ ...task, kwargs: task!.kwargs ?? NO_KWARGS })),
      })
      return [{ ...toTask(told), isRepeat: false }]
    },
    getTask,
    getTaskByNumber: (number) => getTask(String(number)),
    listTasks: lists.list,
    listFullTasks: lists.listFull,
    countTasks: lists.count,
    pauseTask: (id) => steered(id, 'paused', { method: 'PATCH', below: '/pause' }),
    resumeTask: (id) => steered(id, 'resumed', { method: 'PATCH', below: '/resume' }),
    updateTask: (id, changes) =>
      steered(id, 'changed', { method: 'PUT', body: objectText(toFields(changes)) }),
    async deleteTask(id) {
      await calls.write(z.unknown(), { method: 'DELETE', path: taskPath(id) })
    },
  }
}

function workerCalls(calls: JsonCalls): Partial<AnsweredCalls> {
  const getWorker = async (id: string): Promise<Worker> =>
    toWorker(await calls.read(toldWorker, { path: workerPath(id) }))
  return {
    listWorkers: async () => (await calls.read(toldWorkers, { path: '/api/workers/' })).map(toWorker),
    getWorker,
    getWorkerByNumber: (number) => getWorker(String(number)),
    setWorkerPaused: async (id, isPaused) =>
      toWorker(
        await calls.write(toldWorker, {
          method: 'PATCH',
          path: `${workerPath(id)}/status`,
          body: objectText({ status: textOf(isPaused ? 'inactive' : 'active') }),
        }),
      ),
  }
}

const INTEGER = /^[1-9]\d{0,14}$/

/** @throws TASK_NOT_FOUND for what is no integer: there is no such task. */
function taskPath(id: string): string {
  if (!INTEGER.test(id)) throw taskNotFound(id)
  return `/api/tasks/${id}`
}

/** @throws WORKER_NOT_FOUND */
function workerPath(id: string): string {
  if (!INTEGER.test(id)) throw workerNotFound(id)
  return `/api/workers/${id}`
}

/** @throws INVALID_REQUEST for what the four levels and the texts of the wire cannot say. */
function toFields({ name, kwargs, priority, runAt }: TaskChanges) {
  return {
    name: textOf(name),
    payload: kwargs,
    priority: priority === undefined ? undefined : textOf(levelOf(priority)),
    scheduled_at: instantField('runAt', runAt),
  }
}

function levelOf(priority: number): number {
  if (Number.isInteger(priority) && priority >= MIN_PRIORITY && priority <= MAX_PRIORITY)
    return toWirePriority(priority)
  throw new BrokerError(
    'INVALID_REQUEST',
    `'priority' must be a whole number, ${MIN_PRIORITY} to ${MAX_PRIORITY}.`,
    { path: 'priority' },
  )
}

const TASK_PATH = /^\/api\/tasks\/(\d+)/
const WORKER_PATH = /^\/api\/workers\/(\d+)/
const DOMAIN_FIELDS = { name: 'name', payload: 'kwargs', priority: 'priority', scheduled_at: 'runAt' }

function refusalOf({ status, body, request: { path } }: RefusedAnswer): BrokerError | null {
  const answer = readDetail(body)
  if (answer === null) return null
  const { detail } = answer
  const taskId = TASK_PATH.exec(path)?.[1]
  const workerId = WORKER_PATH.exec(path)?.[1]
  if (status === 400 || status === 422)
    return new BrokerError('INVALID_REQUEST', detail, { path: fieldInMessage(detail, DOMAIN_FIELDS) })
  if (status === 404 && taskId !== undefined) return taskNotFound(taskId)
  if (status === 404 && workerId !== undefined) return workerNotFound(workerId)
  if (status === 409 && taskId !== undefined)
    return new BrokerError('INVALID_STATE', detail, { taskId, state: 'unknown', wanted: 'changed' })
  return null
}
