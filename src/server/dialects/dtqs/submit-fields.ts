import { BrokerError } from '../../../shared/domain/errors.ts'
import type { JsonText } from '../../../shared/domain/json.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { instantField } from '../../attach/instant-field.ts'
import { textOf } from '../../attach/json-text.ts'

export const SUBMIT_FIELDS = [
  'name',
  'args',
  'kwargs',
  'priority',
  'queue',
  'maxRetries',
  'timeoutMs',
  'runAt',
] as const satisfies readonly (keyof SubmitTask)[]

/**
 * What a submit says on the wire.
 * @throws INVALID_REQUEST for an instant that is none, and for a time limit that is not of whole seconds.
 */
export function toWireFields(task: SubmitTask): Readonly<Record<string, JsonText | undefined>> {
  return {
    task_name: textOf(task.name),
    task_args: task.args,
    task_kwargs: task.kwargs,
    priority: textOf(task.priority),
    queue_name: textOf(task.queue),
    max_retries: textOf(task.maxRetries),
    timeout_seconds: secondsField('timeoutMs', task.timeoutMs),
    scheduled_at: instantField('runAt', task.runAt),
  }
}

/** @throws INVALID_REQUEST */
function secondsField(path: string, ms: number | undefined): JsonText | undefined {
  if (ms === undefined) return undefined
  if (Number.isSafeInteger(ms) && ms > 0 && ms % 1000 === 0) return textOf(ms / 1000)
  throw new BrokerError('INVALID_REQUEST', `'${path}' must be in whole seconds there, one at least.`, {
    path,
  })
}
