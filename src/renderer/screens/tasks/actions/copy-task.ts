import type { Coverage } from '../../../../shared/domain/capabilities.ts'
import { type JsonText, NO_ARGS, NO_KWARGS } from '../../../../shared/domain/json.ts'
import type { SubmitTask, Task } from '../../../../shared/domain/task.ts'

/** What of a task can be taken along to another broker. */
type Copied = Pick<
  SubmitTask,
  'name' | 'queue' | 'args' | 'kwargs' | 'priority' | 'timeoutMs' | 'maxRetries' | 'metadata'
>

const FIELD_WORDS: Readonly<Record<keyof Copied, string>> = {
  name: 'name',
  queue: 'queue',
  args: 'positional input',
  kwargs: 'input by name',
  priority: 'priority',
  timeoutMs: 'time limit',
  maxRetries: 'retries',
  metadata: 'metadata',
}

export interface CopyPlan {
  /** What is known of the task and taken there. */
  readonly task: Copied
  /** What is known of the task and not taken there, in words. */
  readonly notTaken: readonly string[]
  /** What its own broker does not tell, in words. */
  readonly notTold: readonly string[]
  /** Why it cannot be copied at all; null when it can. */
  readonly impossible: string | null
}

interface CopyOptions {
  /** What its own broker does not tell. */
  readonly untold: readonly (keyof Task)[]
  /** What the other one takes. */
  readonly submitFields: Coverage['submitFields']
  /** The input as it was edited, with nothing hidden. */
  readonly input: { readonly args?: JsonText | undefined; readonly kwargs?: JsonText | undefined }
  readonly queue: string
}

/** What of a task another broker would be told. */
export function planCopy(task: Task, { untold, submitFields, input, queue }: CopyOptions): CopyPlan {
  const wanted: Copied = {
    name: task.name,
    queue: queue.trim() === '' ? undefined : queue.trim(),
    args: input.args === NO_ARGS ? undefined : input.args,
    kwargs: input.kwargs === NO_KWARGS ? undefined : input.kwargs,
    priority: task.priority,
    timeoutMs: task.timeoutMs,
    maxRetries: task.maxRetries,
    metadata: Object.keys(task.metadata).length === 0 ? undefined : task.metadata,
  }
  const fields = Object.keys(FIELD_WORDS) as (keyof Copied)[]
  // The name, queue and input are what is typed here, so they are known whoever told them.
  const isTyped = (field: keyof Copied) =>
    field === 'name' || field === 'queue' || field === 'args' || field === 'kwargs'
  const isKnown = (field: keyof Copied) =>
    wanted[field] !== undefined && (isTyped(field) || !untold.includes(field))
  const isTaken = (field: keyof Copied) => submitFields.includes(field)
  const taken = Object.fromEntries(
    fields.filter((field) => isKnown(field) && isTaken(field)).map((field) => [field, wanted[field]]),
  )
  const lostInput = (['args', 'kwargs'] as const).find((field) => isKnown(field) && !isTaken(field))
  return {
    task: { ...taken, name: task.name },
    notTaken: fields.filter((field) => isKnown(field) && !isTaken(field)).map((field) => FIELD_WORDS[field]),
    notTold: fields
      .filter((field) => !isTyped(field) && untold.includes(field))
      .map((field) => FIELD_WORDS[field]),
    impossible: lostInput === undefined ? null : `It takes no ${FIELD_WORDS[lostInput]}.`,
  }
}
