import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import { BrokerError, queueNotFound, taskNotFound, workerNotFound } from '../../../shared/domain/errors.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import type { Task, TaskReceipt } from '../../../shared/domain/task.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import type { AttachedBroker, AttachOptions } from '../../attach/attach-options.ts'
import { blankTask } from '../../attach/blank-task.ts'
import { firstAnswer } from '../../attach/first-answer.ts'
import { createJsonCalls, type JsonCalls, isSegment, pathOf } from '../../attach/json-calls.ts'
import { type AnsweredCalls, limitBroker } from '../../attach/limit-broker.ts'
import { mapSome } from '../../attach/map-some.ts'
import { CAPABILITIES, COVERAGE } from './abilities.ts'
import { createEventSource } from './attach-events.ts'
import { countTasks, listTasks } from './list-tasks.ts'
import { readRefusal } from './read-refusal.ts'
import { readOverview, readQueue, readWorker } from './read-system.ts'
import { readTask, readTaskItem } from './read-task.ts'
import {
  toldDeadLetters,
  toldHealth,
  toldOverview,
  toldPurge,
  toldQueue,
  toldQueues,
  toldReprocess,
  toldRevoke,
  toldTask,
  toldTasks,
  toldWorker,
  toldWorkers,
} from './told-answers.ts'

/**
 * Attaches to a server that speaks `turbine` (spec: turbine.md): its tasks, queues, workers and dead letters,
 * and its events as they come.
 * @throws AttachError when it cannot be reached, refuses, or is something else; INVALID_REQUEST for an
 *   address that is none.
 */
export async function attachTurbine(options: AttachOptions): Promise<AttachedBroker> {
  const { clock } = options
  const calls = createJsonCalls({ ...options, refusalOf: readRefusal, kind: 'a server that speaks turbine' })
  const askHealth = () => calls.read(toldHealth, { path: '/api/health' })
  const first = await firstAnswer(calls, askHealth)
  const events = createEventSource(calls, options)
  async function health(): Promise<BrokerHealth> {
    const { status, uptime_seconds } = await askHealth()
    const isKnown = status === 'healthy' || status === 'degraded'
    const startedAt = Math.max(0, Math.round(clock.now() - uptime_seconds * 1000))
    return { status: isKnown ? status : 'unhealthy', startedAt, components: [] }
  }
  const broker = limitBroker({
    capabilities: CAPABILITIES,
    coverage: COVERAGE,
    calls: {
      health,
      overview: async () =>
        readOverview(await calls.read(toldOverview, { path: '/api/overview' }), clock.now()),
      ...taskCalls(calls),
      ...queueCalls(calls, () => clock.now()),
      ...workerCalls(calls),
    },
    subscribe: events.subscribe,
    async [Symbol.asyncDispose]() {
      events.close()
      calls.http.close()
    },
  })
  return { ...broker, serverVersion: first.version }
}

function taskCalls(calls: JsonCalls) {
  const getTask = async (id: string): Promise<Task> => {
    if (!isSegment(id)) throw taskNotFound(id)
    return readTask(await calls.read(toldTask, { path: pathOf`/api/tasks/${id}` }))
  }
  return {
    getTask,
    listTasks: (query) => listTasks(calls, query),
    countTasks: (query) => countTasks(calls, query),
    async cancel(id, { terminate }) {
      if (!isSegment(id)) throw taskNotFound(id)
      const path = pathOf`/api/tasks/${id}/revoke`
      await calls.write(toldRevoke, { method: 'POST', path, body: JSON.stringify({ terminate }) })
      // Its answer has no more than the state.
      return getTask(id)
    },
  } satisfies Partial<AnsweredCalls>
}

/** Most queues or workers of a list whose details are asked for, one by one, a few at a time. */
const MOST_DETAILED = 64
const AT_ONCE = 8

function queueCalls(calls: JsonCalls, now: () => number) {
  async function getQueue(name: string): Promise<Queue> {
    if (!isSegment(name)) throw queueNotFound(name)
    const [told, { total_failed }] = await Promise.all([
      calls.read(toldQueue, { path: pathOf`/api/queues/${name}` }),
      calls.read(toldDeadLetters, { path: pathOf`/api/dlq/${name}`, query: { limit: 1 } }),
    ])
    return readQueue(told, total_failed)
  }
  return {
    getQueue,
    async listQueues() {
      const { queues } = await calls.read(toldQueues, { path: '/api/queues' })
      const detailed = await mapSome(queues.slice(0, MOST_DETAILED), AT_ONCE, ({ name }) => getQueue(name))
      const others = queues
        .slice(MOST_DETAILED)
        .map((told) => readQueue({ ...told, completed_total: 0, failed_total: 0 }, 0))
      return [...detailed, ...others]
    },
    async purgeQueue(name) {
      if (!isSegment(name)) throw queueNotFound(name)
      const path = pathOf`/api/queues/${name}/purge`
      return (await calls.write(toldPurge, { method: 'POST', path })).purged
    },
    async reprocessDeadLetters(queue, selection) {
      if (!isSegment(queue)) throw queueNotFound(queue)
      const body = selection === 'all' ? { all: true } : { task_ids: selection.taskIds, all: false }
      const path = pathOf`/api/dlq/${queue}/reprocess`
      const askedAt = now()
      const told = await calls.write(toldReprocess, { method: 'POST', path, body: JSON.stringify(body) })
      return told.new_task_ids.map((id) => receiptOf(id, queue, askedAt))
    },
    async purgeDeadLetters(queue, selection) {
      if (!isSegment(queue)) throw queueNotFound(queue)
      if (selection !== 'all')
        throw new BrokerError(
          'NOT_SUPPORTED',
          'The turbine API purges all dead letters of a queue together, and no single ones.',
          { operation: 'purgeDeadLetters' },
        )
      const path = pathOf`/api/dlq/${queue}/purge`
      return (await calls.write(toldPurge, { method: 'POST', path })).purged
    },
  } satisfies Partial<AnsweredCalls>
}

/** Of a task of which the id alone is told: it was made when it was asked for, or a little later. */
function receiptOf(id: string, queue: string, askedAt: number): TaskReceipt {
  const { number, name, priority } = blankTask(id)
  const instants = { runAt: askedAt, createdAt: askedAt }
  return { id, number, name, queue, state: 'pending', priority, ...instants, isRepeat: false }
}

function workerCalls(calls: JsonCalls) {
  const running = async () => {
    const query = { state: 'running', limit: 1000, offset: 0 }
    return (await calls.read(toldTasks, { path: '/api/tasks', query })).tasks.map(readTaskItem)
  }
  async function askWorker(id: string) {
    if (!isSegment(id)) throw workerNotFound(id)
    return calls.read(toldWorker, { path: pathOf`/api/workers/${id}` })
  }
  return {
    async getWorker(id) {
      const [told, tasks] = await Promise.all([askWorker(id), running()])
      return readWorker(told, tasks)
    },
    async listWorkers(): Promise<readonly Worker[]> {
      const [{ workers }, tasks] = await Promise.all([
        calls.read(toldWorkers, { path: '/api/workers' }),
        running(),
      ])
      const detailed = await mapSome(workers.slice(0, MOST_DETAILED), AT_ONCE, ({ id }) => askWorker(id))
      const others = workers.slice(MOST_DETAILED).map((told) => ({
        ...told,
        current_task: null,
        statistics: { success_count: told.tasks_processed, failure_count: 0, avg_duration_ms: null },
      }))
      return [...detailed, ...others].map((told) => readWorker(told, tasks))
    },
  } satisfies Partial<AnsweredCalls>
}
