import * as z from 'zod'
import type { Broker } from '../../../shared/domain/broker.ts'
import { BrokerError, isBrokerError } from '../../../shared/domain/errors.ts'
import { bulkOperation, bulkOperations } from './answers/plan-answers.ts'
import { count } from './answers/fields.ts'
import { failureGroups } from './answers/queue-answers.ts'
import {
  attempts,
  fullTaskPage,
  logEntries,
  progressEntries,
  receipt,
  receipts,
  taskPage,
  task,
} from './answers/task-answers.ts'
import type { ContractCalls } from './contract-calls.ts'
import { toBulkInput, toQueryInput } from './query-input.ts'

/** The calls about tasks, one by one and many at once. */
export function attachTasks({ read, write }: ContractCalls) {
  return {
    submit: (tasks) => {
      // The same key makes no second task, so asking again is safe.
      const ask = tasks.every(({ idempotencyKey }) => idempotencyKey !== undefined) ? read : write
      const asked = ask('tasks.submit', receipts, ({ tasks: calls }, o) =>
        calls.submit({ tasks: [...tasks] }, o),
      )
      return tasks.length === 1 ? asked.catch(nameOnlyTask) : asked
    },
    getTask: (id) => read('tasks.get', task, ({ tasks }, o) => tasks.get({ id }, o)),
    getTaskByNumber: (number) =>
      read('tasks.getByNumber', task, ({ tasks }, o) => tasks.getByNumber({ number }, o)),
    listTasks: (query) => read('tasks.list', taskPage, ({ tasks }, o) => tasks.list(toQueryInput(query), o)),
    listFullTasks: (query) =>
      read('tasks.listFull', fullTaskPage, ({ tasks }, o) => tasks.listFull(toQueryInput(query), o)),
    countTasks: (query) => read('tasks.count', count, ({ tasks }, o) => tasks.count(toQueryInput(query), o)),
    cancel: (id, { terminate }) =>
      write('tasks.cancel', task, ({ tasks }, o) => tasks.cancel({ id, terminate }, o)),
    pauseTask: (id) => write('tasks.pause', task, ({ tasks }, o) => tasks.pause({ id }, o)),
    resumeTask: (id) => write('tasks.resume', task, ({ tasks }, o) => tasks.resume({ id }, o)),
    updateTask: (id, changes) =>
      write('tasks.update', task, ({ tasks }, o) => tasks.update({ id, changes }, o)),
    replay: (id, changes) =>
      write('tasks.replay', receipt, ({ tasks }, o) => tasks.replay({ id, changes }, o)),
    deleteTask: (id) => write('tasks.delete', z.void(), ({ tasks }, o) => tasks.delete({ id }, o)),
    attempts: (id) => read('tasks.attempts', attempts, ({ tasks }, o) => tasks.attempts({ id }, o)),
    progressHistory: (id, options) =>
      read('tasks.progress', progressEntries, ({ tasks }, o) => tasks.progress({ id, ...options }, o)),
    logs: (id) => read('tasks.logs', logEntries, ({ tasks }, o) => tasks.logs({ id }, o)),
    subtasks: (id, page) =>
      read('tasks.subtasks', taskPage, ({ tasks }, o) => tasks.subtasks({ id, ...page }, o)),

    startBulk: (bulk) =>
      write('bulk.start', bulkOperation, (client, o) => client.bulk.start(toBulkInput(bulk), o)),
    getOperation: (id) => read('bulk.get', bulkOperation, ({ bulk }, o) => bulk.get({ id }, o)),
    cancelOperation: (id) => write('bulk.cancel', bulkOperation, ({ bulk }, o) => bulk.cancel({ id }, o)),
    listOperations: () => read('bulk.list', bulkOperations, ({ bulk }, o) => bulk.list(undefined, o)),

    reprocessDeadLetters: (queue, selection) =>
      write('deadLetters.reprocess', receipts, ({ deadLetters }, o) =>
        deadLetters.reprocess({ queue, selection: toSelection(selection) }, o),
      ),
    purgeDeadLetters: (queue, selection) =>
      write('deadLetters.purge', count, ({ deadLetters }, o) =>
        deadLetters.purge({ queue, selection: toSelection(selection) }, o),
      ),
    failureGroups: (options) =>
      read('deadLetters.groups', failureGroups, ({ deadLetters }, o) => deadLetters.groups(options, o)),
  } satisfies Partial<Broker>
}

/** Of one task alone its field is named, not its place among others. */
function nameOnlyTask(error: unknown): never {
  if (!isBrokerError(error, 'INVALID_REQUEST')) throw error
  const { path } = error.details
  if (path?.startsWith(FIRST_TASK) !== true) throw error
  const text = error.message.startsWith(FIRST_TASK) ? error.message.slice(FIRST_TASK.length) : error.message
  throw new BrokerError('INVALID_REQUEST', text, { path: path.slice(FIRST_TASK.length) })
}

const FIRST_TASK = 'tasks[0].'

const toSelection = (selection: { readonly taskIds: readonly string[] } | 'all') =>
  selection === 'all' ? selection : { taskIds: [...selection.taskIds] }
