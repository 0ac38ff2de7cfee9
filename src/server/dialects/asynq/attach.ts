import * as z from 'zod'
import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import { BrokerError, isBrokerError, queueNotFound, taskNotFound } from '../../../shared/domain/errors.ts'
import type { SubmitTask, Task, TaskReceipt } from '../../../shared/domain/task.ts'
import { isAttachError } from '../../attach/attach-error.ts'
import type { AttachedBroker, AttachOptions } from '../../attach/attach-options.ts'
import { firstAnswer } from '../../attach/first-answer.ts'
import { createJsonCalls, type JsonCalls, isSegment, pathOf } from '../../attach/json-calls.ts'
import { type AnsweredCalls, limitBroker } from '../../attach/limit-broker.ts'
import { refuseEvents } from '../../attach/no-events.ts'
import { capabilitiesOfServer, COVERAGE, NO_EVENTS, ONLY_STOPPED } from './abilities.ts'
import { listTasks } from './list-tasks.ts'
import { readRefusal } from './read-refusal.ts'
import { readHistory, readQueue, readTask } from './read-told.ts'
import { readAsynqState } from './states.ts'
import { submitBodyOf } from './submit-body.ts'
import {
  toldHealth,
  toldHistory,
  toldLatest,
  toldQueues,
  toldSubmit,
  toldTask,
  toldTasks,
} from './told-answers.ts'

/**
 * Attaches to a server that speaks `asynq` (spec: asynq.md): submitting, reading, cancelling and deleting tasks,
 * their progress, and its queues. Whether it can list tasks is asked: the document has no such call.
 * @throws AttachError when it cannot be reached, refuses, or is something else; INVALID_REQUEST for an
 *   address that is none.
 */
export async function attachAsynq(options: AttachOptions): Promise<AttachedBroker> {
  const { clock } = options
  const calls = createJsonCalls({ ...options, refusalOf: readRefusal, kind: 'a server that speaks asynq' })
  const attachedAt = clock.now()
  async function health(): Promise<BrokerHealth> {
    const { status, services } = await calls.read(toldHealth, { path: '/health' })
    const store = services['store'] ?? services['redis']
    const isKnown = status === 'healthy' || status === 'degraded'
    return {
      status: isKnown ? status : 'unhealthy',
      startedAt: attachedAt,
      components:
        store === undefined ? [] : [{ name: 'store', isHealthy: store === 'healthy', detail: null }],
    }
  }
  const [, , hasLists] = await firstAnswer(calls, () =>
    Promise.all([health(), readQueues(calls), asksForLists(calls)]),
  )
  const broker = limitBroker({
    capabilities: capabilitiesOfServer(hasLists),
    coverage: COVERAGE,
    calls: { health, ...taskCalls(calls, () => clock.now()), ...queueCalls(calls) },
    subscribe: () => refuseEvents(NO_EVENTS),
    [Symbol.asyncDispose]: async () => calls.http.close(),
  })
  return { ...broker, serverVersion: null }
}

/** The document has no call that lists tasks; servers of the format have come to have one. */
async function asksForLists(calls: JsonCalls): Promise<boolean> {
  try {
    await calls.read(toldTasks, { path: '/api/v1/tasks', query: { size: 1 } })
    return true
  } catch (error) {
    if (isAttachError(error, 'wrong_server', 'bad_answer')) return false
    if (isBrokerError(error) && !isAttachError(error)) return false
    throw error
  }
}

/** Tasks are found by id and queue there: most queues that are looked through for one. */
const MOST_QUEUES_TRIED = 16

function taskCalls(calls: JsonCalls, now: () => number) {
  const ask = (id: string, queue?: string) =>
    calls.read(toldTask, { path: pathOf`/api/v1/tasks/${id}`, query: { queue } })

  /** Unless a queue is named, a server may look into its default one alone. */
  async function find(id: string) {
    if (!isSegment(id)) throw taskNotFound(id)
    try {
      return await ask(id)
    } catch (error) {
      if (!isBrokerError(error, 'TASK_NOT_FOUND')) throw error
    }
    for (const { queue } of (await readQueues(calls)).slice(0, MOST_QUEUES_TRIED)) {
      const told = await ask(id, queue).catch((error: unknown) => {
        if (isBrokerError(error, 'TASK_NOT_FOUND')) return null
        throw error
      })
      if (told !== null) return told
    }
    throw taskNotFound(id)
  }

  /** Null when it has told none. */
  async function latest(id: string) {
    try {
      return await calls.read(toldLatest, { path: pathOf`/api/v1/tasks/${id}/progress` })
    } catch (error) {
      if (isBrokerError(error, 'TASK_NOT_FOUND')) return null
      throw error
    }
  }

  async function getTask(id: string): Promise<Task> {
    const told = await find(id)
    const hasBegun = told.state !== 'pending' && told.state !== 'scheduled'
    return readTask(told, hasBegun ? await latest(id) : null)
  }

  return {
    getTask,
    listTasks: (query) => listTasks(calls, query),
    async submit([task]: readonly SubmitTask[]): Promise<readonly TaskReceipt[]> {
      const { name, runAt } = task!
      const at = now()
      const told = await calls.write(toldSubmit, {
        method: 'POST',
        path: '/api/v1/tasks',
        body: submitBodyOf(task!),
      })
      const state = readAsynqState(told.status)
      return [
        {
          id: told.task_id,
          number: 0,
          name,
          queue: told.queue,
          state,
          priority: 0,
          runAt: runAt ?? at,
          createdAt: at,
          isRepeat: false,
        },
      ]
    },
    async cancel(id, { terminate }) {
      const told = await find(id)
      if (!terminate && told.state === 'active')
        throw new BrokerError('NOT_SUPPORTED', ONLY_STOPPED, { operation: 'cancel' })
      await calls.write(z.unknown(), { method: 'POST', path: pathOf`/api/v1/tasks/${id}/cancel` })
      return getTask(id)
    },
    async deleteTask(id) {
      const { queue } = await find(id)
      const path = pathOf`/api/v1/tasks/${id}`
      await calls.write(z.unknown(), { method: 'DELETE', path, query: { queue } })
    },
    async progressHistory(id, { fromId, limit }) {
      if (!isSegment(id)) throw taskNotFound(id)
      const path = pathOf`/api/v1/tasks/${id}/progress/history`
      const { history } = await calls.read(toldHistory, { path, query: { start_id: fromId } })
      // A task that nobody knows reads as one that has told nothing.
      if (history.length === 0) await find(id)
      return readHistory(history).slice(0, limit)
    },
  } satisfies Partial<AnsweredCalls>
}

const readQueues = (calls: JsonCalls, queue?: string) =>
  calls.read(toldQueues, { path: '/api/v1/queues/stats', query: { queue } })

function queueCalls(calls: JsonCalls) {
  return {
    listQueues: async () => (await readQueues(calls)).map(readQueue),
    async getQueue(name) {
      const told = (await readQueues(calls, name)).find(({ queue }) => queue === name)
      if (told === undefined) throw queueNotFound(name)
      return readQueue(told)
    },
  } satisfies Partial<AnsweredCalls>
}
