import * as z from 'zod'
import { NO_ARGS, NO_KWARGS } from '../../../shared/domain/json.ts'
import type { Task, TaskSummary } from '../../../shared/domain/task.ts'
import { anyJson, id, instantText } from '../../attach/answer-fields.ts'
import { blankTask, UNTOLD_ERROR_TYPE } from '../../attach/blank-task.ts'
import { DTQS_STATES, readDtqsState } from './states.ts'

/** What any server of the document tells of tasks, and what it means here. */

export const count = z.int().min(0)
export const text = z.string().max(1_000_000)
export const status = z.enum(DTQS_STATES)
const priority = z.int().min(0).max(10)

/** The document's fields, and those that docs/dialects.md adds, where they are told. */
const row = {
  task_id: id,
  task_name: text,
  status,
  priority: priority.nullish(),
  worker_id: text.nullish(),
  created_at: instantText,
  started_at: instantText.nullish(),
  completed_at: instantText.nullish(),
  retry_count: count.nullish(),
  max_retries: count.nullish(),
  queue_name: text.nullish(),
  error_message: text.nullish(),
  error_type: text.nullish(),
  attempt: count.nullish(),
  progress: z.number().min(0).max(1).nullish(),
  timeout_seconds: z.number().min(0).max(1e9).nullish(),
  scheduled_at: instantText.nullish(),
  updated_at: instantText.nullish(),
  original_task_id: text.nullish(),
  parent_task_id: text.nullish(),
  workflow_id: text.nullish(),
}
export const toldRow = z.object(row)
export const toldTask = z.object({
  ...row,
  task_args: anyJson.optional(),
  task_kwargs: anyJson.optional(),
  result: anyJson.optional(),
})
type ToldRow = z.output<typeof toldRow>
type ToldTask = z.output<typeof toldTask>

/** A page, under its own name or, as the section on pagination has it, under `data`. */
export const toldPage = <Item extends z.ZodType>(name: string, item: Item) => {
  const items = z.array(item).max(10_000).optional()
  return z
    .object({ total: count.optional(), [name]: items, data: items })
    .transform((page, context): { readonly total: number | null; readonly items: z.output<Item>[] } => {
      const told = (page[name] ?? page['data']) as z.output<Item>[] | undefined
      if (told !== undefined) return { total: (page.total as number | undefined) ?? null, items: told }
      context.addIssue({ code: 'custom', path: [name], message: 'is not there' })
      return z.NEVER
    })
}

/** Starts so far: told, or of the retries and whether it has started. */
function attemptOf({ attempt, retry_count: retries, started_at: started }: ToldRow): number {
  return attempt ?? (retries ?? 0) + (started == null ? 0 : 1)
}

export function toSummary(told: ToldRow): TaskSummary {
  const { args: _args, kwargs: _kwargs, result: _result, ...blank } = blankTask(told.task_id)
  const updatedAt = told.updated_at ?? told.completed_at ?? told.started_at ?? told.created_at
  return {
    ...blank,
    name: told.task_name,
    queue: told.queue_name ?? '',
    priority: told.priority ?? 0,
    state: readDtqsState(told.status),
    runAt: told.scheduled_at ?? told.created_at,
    timeoutMs: Math.round((told.timeout_seconds ?? 0) * 1000),
    maxRetries: told.max_retries ?? 0,
    attempt: attemptOf(told),
    progress:
      told.progress == null ? null : { fraction: told.progress, stage: null, message: null, at: updatedAt },
    error:
      told.error_message == null
        ? null
        : {
            type: told.error_type ?? UNTOLD_ERROR_TYPE,
            message: told.error_message,
            traceback: null,
            cause: null,
          },
    workerId: told.worker_id ?? null,
    parentId: told.parent_task_id ?? null,
    workflowId: told.workflow_id ?? null,
    replayOf: told.original_task_id ?? null,
    createdAt: told.created_at,
    updatedAt,
    startedAt: told.started_at ?? null,
    finishedAt: told.completed_at ?? null,
  }
}

export function toTask(told: ToldTask): Task {
  return {
    ...toSummary(told),
    args: told.task_args ?? NO_ARGS,
    kwargs: told.task_kwargs ?? NO_KWARGS,
    result: told.status === 'COMPLETED' ? (told.result ?? null) : null,
  }
}
