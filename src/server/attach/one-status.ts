import { BrokerError } from '../../shared/domain/errors.ts'
import { TASK_STATES, type TaskState } from '../../shared/domain/state.ts'

/** What a list is asked for: one status of the wire, every one (undefined), or none, which nothing matches. */
export type AskedStatus<Word extends string> = { readonly status: Word | undefined } | 'nothing'

/**
 * For servers whose lists take one status or none. The states are whole groups of the coverage already.
 * @throws NOT_SUPPORTED for several statuses that are not all of them.
 */
export function oneStatus<Word extends string>(
  states: readonly TaskState[] | undefined,
  toWord: (state: TaskState) => Word,
): AskedStatus<Word> {
  if (states === undefined) return { status: undefined }
  const words = new Set(states.map(toWord))
  const [status] = words
  if (status === undefined) return 'nothing'
  if (words.size === 1) return { status }
  if (words.size === new Set(TASK_STATES.map(toWord)).size) return { status: undefined }
  throw new BrokerError('NOT_SUPPORTED', 'Lists there take one status at a time, or all; ask for one.', {
    operation: 'listTasks',
  })
}
