import * as z from 'zod'
import { BrokerError, isBrokerError, taskNotFound } from '../../../shared/domain/errors.ts'
import { isFinal } from '../../../shared/domain/state.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { id as idField, instantText } from '../../attach/answer-fields.ts'
import { isSegment, type JsonCalls, pathOf } from '../../attach/json-calls.ts'
import { objectText } from '../../attach/json-text.ts'
import type { AnsweredCalls } from '../../attach/limit-broker.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { createTaskLists } from './list-told-tasks.ts'
import { readDtqsState } from './states.ts'
import { toWireFields } from './submit-fields.ts'
import { toAttempts, toldTimeline } from './told-attempts.ts'
import { status, text, toldTask, toTask } from './told-task.ts'

const toldReceipt = z.object({
  task_id: idField,
  task_name: text,
  status,
  priority: z.int().min(0).max(10).nullish(),
  queue_name: text.nullish(),
  created_at: instantText,
})
const toldReplay = z.object({ task_id: idField, status })

const PATH = '/api/v1/tasks'

/** @throws TASK_NOT_FOUND for an id that no path can have. */
function pathOfTask(id: string): string {
  if (!isSegment(id)) throw taskNotFound(id)
  return pathOf`/api/v1/tasks/${id}`
}

/** @param isWide whether the server tells and takes what docs/dialects.md adds to the document. */
export function taskCalls(
  calls: JsonCalls,
  { clock, isWide }: { readonly clock: Clock; readonly isWide: boolean },
): Partial<AnsweredCalls> {
  const lists = createTaskLists(calls, isWide)
  const getTask = async (id: string): Promise<Task> =>
    toTask(await calls.read(toldTask, { path: pathOfTask(id) }))

  /** The document's 409 says no state, so it is asked for. */
  async function steer<Value>(id: string, wanted: string, write: () => Promise<Value>): Promise<Value> {
    try {
      return await write()
    } catch (error) {
      if (!isBrokerError(error, 'INVALID_STATE')) throw error
      const { state } = await getTask(id)
      throw new BrokerError('INVALID_STATE', error.message, { taskId: id, state, wanted })
    }
  }

  return {
    async submit([task]) {
      const told = await calls.write(toldReceipt, {
        method: 'POST',
        path: PATH,
        body: objectText(toWireFields(task!)),
      })
      return [
        {
          id: told.task_id,
          number: 0,
          name: told.task_name,
          queue: told.queue_name ?? task!.queue ?? '',
          state: readDtqsState(told.status),
          priority: told.priority ?? task!.priority ?? 0,
          runAt: task!.runAt ?? told.created_at,
          createdAt: told.created_at,
          isRepeat: false,
        },
      ]
    },
    getTask,
    listTasks: lists.list,
    countTasks: lists.count,
    /** Stops one that runs, whether it was asked to or not: the document knows one way to cancel. */
    async cancel(id) {
      await steer(id, 'cancelled', () =>
        calls.write(z.object({ task_id: idField }), { method: 'POST', path: `${pathOfTask(id)}/cancel` }),
      )
      const task = await getTask(id)
      return { ...task, isCancelRequested: !isFinal(task.state) }
    },
    async replay(id) {
      const original = await getTask(id)
      const told = await steer(id, 'replayed', () =>
        calls.write(toldReplay, { method: 'POST', path: `${pathOfTask(id)}/replay` }),
      )
      const now = clock.now()
      const { name, queue, priority } = original
      return {
        id: told.task_id,
        number: 0,
        name,
        queue,
        priority,
        state: readDtqsState(told.status),
        runAt: now,
        createdAt: now,
        isRepeat: false,
      }
    },
    attempts: async (id) =>
      toAttempts(await calls.read(toldTimeline, { path: `${pathOfTask(id)}/timeline` })),
  }
}
