import type * as z from 'zod'
import { type JsonText, parseJson, toJsonText } from '../../../shared/domain/json.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { withSortedKeys } from '../with-sorted-keys.ts'
import type { comparisonAnswer } from './answers.ts'
import { toDtqsState } from './states.ts'
import { durationSeconds, retryCount } from './wire.ts'

/** Where two tasks are alike and where they differ. Durations are of the last attempts, in seconds. */
export function toComparison(one: Task, other: Task): z.output<typeof comparisonAnswer> {
  const [first, second] = [durationSeconds(one), durationSeconds(other)]
  return {
    task1_id: one.id,
    task2_id: other.id,
    same_function: one.name === other.name,
    same_args: isSameJson(one.args, other.args),
    same_kwargs: isSameJson(one.kwargs, other.kwargs),
    same_priority: one.priority === other.priority,
    same_status: toDtqsState(one.state) === toDtqsState(other.state),
    same_error: one.error?.type === other.error?.type && one.error?.message === other.error?.message,
    same_retry_count: retryCount(one) === retryCount(other),
    timing: {
      task1_duration: first,
      task2_duration: second,
      difference: first === null || second === null ? null : Math.round((second - first) * 1000) / 1000,
    },
    status: { task1: toDtqsState(one.state), task2: toDtqsState(other.state) },
    error: { task1: one.error?.message ?? null, task2: other.error?.message ?? null },
    retry_count: { task1: retryCount(one), task2: retryCount(other) },
  }
}

/** The order of keys makes no difference. */
function isSameJson(one: JsonText, other: JsonText): boolean {
  return one === other || sorted(one) === sorted(other)
}

const sorted = (text: JsonText) => toJsonText(withSortedKeys(parseJson(text)))
