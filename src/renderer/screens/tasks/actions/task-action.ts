import type { Failure } from '../../../app/failure.ts'
import { formatCount } from '../../../ui/format/count.ts'
import type { BulkOutcome } from './run-bulk.ts'

/** What can be done to many tasks at once. */
export type TaskAction = 'cancel' | 'replay' | 'delete'

/** Present participle, for what is under way: "Cancelling 120 of 400". */
export const UNDER_WAY: Readonly<Record<TaskAction, string>> = {
  cancel: 'Cancelling',
  replay: 'Running again',
  delete: 'Deleting',
}

/** How the outcomes of an action read before a number: "Cancelled 40, asked 3 to stop". */
const DONE_WORDS: Readonly<Record<string, (count: string) => string>> = {
  cancelled: (count) => `cancelled ${count}`,
  asked: (count) => `asked ${count} to stop`,
  replayed: (count) => `running ${count} again`,
  deleted: (count) => `deleted ${count}`,
}

const NOTHING_DONE: Readonly<Record<TaskAction, string>> = {
  cancel: 'cancelled none',
  replay: 'nothing runs again',
  delete: 'deleted none',
}

/** Why a task had to be left out, in words that follow "skipped 2"; null when it is a failure instead. */
export function skipReason(action: TaskAction, { code }: Pick<Failure, 'code'>): string | null {
  if (code === 'TASK_NOT_FOUND') return 'no longer there'
  if (code !== 'INVALID_STATE') return null
  return { cancel: 'that had already finished', replay: 'not finished yet', delete: 'still running' }[action]
}

/** One sentence with the numbers: "Cancelled 40, skipped 2 that had already finished". */
export function outcomeSentence(action: TaskAction, outcome: BulkOutcome): string {
  const { done, skipped, failed, failure, isStopped } = outcome
  const parts = [
    ...[...done].map(([as, count]) => DONE_WORDS[as]?.(formatCount(count)) ?? `${as} ${formatCount(count)}`),
    ...(done.size === 0 ? [NOTHING_DONE[action]] : []),
    ...[...skipped].map(([reason, count]) => `skipped ${formatCount(count)} ${reason}`),
    ...(failed > 0 ? [`${formatCount(failed)} failed: ${failure ?? ''}`.replace(/\.$/, '')] : []),
    ...(isStopped ? ['stopped before the rest'] : []),
  ]
  const sentence = parts.join(', ')
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
