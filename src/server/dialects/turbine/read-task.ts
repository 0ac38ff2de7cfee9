import { NO_ARGS, NO_KWARGS } from '../../../shared/domain/json.ts'
import type { Task, TaskSummary } from '../../../shared/domain/task.ts'
import { blankSummary, blankTask, UNTOLD_ERROR_TYPE } from '../../attach/blank-task.ts'
import { readTurbineState } from './states.ts'
import type { ToldDeadLetter, ToldTask, ToldTaskItem } from './told-answers.ts'

const NONE = 'null'

/** Wire → domain; what is not told is a stand-in (`Coverage.untold`). */
export function readTaskItem(told: ToldTaskItem): TaskSummary {
  return { ...blankSummary(told.task_id), ...fieldsOf(told) }
}

export function readTask(told: ToldTask): Task {
  const fields = fieldsOf(told)
  return {
    ...blankTask(told.task_id),
    ...fields,
    args: told.args === NONE ? NO_ARGS : told.args,
    kwargs: told.kwargs === NONE ? NO_KWARGS : told.kwargs,
    result: fields.state === 'succeeded' ? told.result : null,
    error: errorOf(told),
    maxRetries: told.max_retries,
  }
}

/** When it was made is not told here: no later than it failed. */
export function readDeadLetter(queue: string, told: ToldDeadLetter): TaskSummary {
  return {
    ...blankSummary(told.task_id),
    name: told.task_name,
    queue,
    state: 'failed',
    attempt: told.retries + 1,
    error: errorOf(told),
    workerId: told.worker_id,
    isDeadLetter: true,
    createdAt: told.failed_at,
    updatedAt: told.failed_at,
    finishedAt: told.failed_at,
  }
}

function fieldsOf(told: ToldTaskItem) {
  const state = readTurbineState(told.state)
  // Retries repeat a first start, which there was when there is a trace of one.
  const hasStarted = told.started_at !== null || state === 'running' || state === 'retrying'
  return {
    name: told.task_name,
    queue: told.queue,
    state,
    attempt: told.retries + (hasStarted ? 1 : 0),
    workerId: told.worker_id,
    createdAt: told.created_at,
    updatedAt: told.finished_at ?? told.started_at ?? told.created_at,
    startedAt: told.started_at,
    finishedAt: told.finished_at,
  }
}

function errorOf({ error, traceback }: Pick<ToldTask, 'error' | 'traceback'>): Task['error'] {
  return error === null ? null : { type: UNTOLD_ERROR_TYPE, message: error, traceback, cause: null }
}
