import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { countOf } from '../../../ui/format/count.ts'
import { relativeText } from '../../../ui/relative-time.tsx'

/** The one instant that matters in a task's state. */
export interface When {
  readonly at: EpochMs
  /** What stands before the time in the list; null where the state's pill says it. */
  readonly verb: string | null
  /** What happened or will happen then, for the exact instant on hover: `Queued`. */
  readonly meaning: string
  /** Something yet to come: once its instant has passed it is due, not past. */
  readonly isAhead: boolean
  /** How many parents in its workflow it waits for; while there are any, no time is known. */
  readonly blockedBy?: number
}

type Timed = Pick<
  TaskSummary,
  'state' | 'runAt' | 'createdAt' | 'updatedAt' | 'claimedAt' | 'startedAt' | 'finishedAt' | 'blockedBy'
>

/** The time column means what the state needs. */
export function whenOf(task: Timed): When {
  const ended = task.finishedAt ?? task.updatedAt
  switch (task.state) {
    case 'pending':
      return { at: task.runAt, verb: 'queued', meaning: 'Queued', isAhead: false }
    case 'scheduled':
      if (task.blockedBy > 0)
        return {
          at: task.createdAt,
          verb: null,
          meaning: 'Submitted',
          isAhead: false,
          blockedBy: task.blockedBy,
        }
      return { at: task.runAt, verb: 'runs', meaning: 'Runs', isAhead: true }
    case 'retrying':
      return { at: task.runAt, verb: 'again', meaning: 'Runs again', isAhead: true }
    case 'running':
      return task.startedAt === null
        ? { at: task.claimedAt ?? task.updatedAt, verb: 'claimed', meaning: 'Claimed', isAhead: false }
        : { at: task.startedAt, verb: 'started', meaning: 'Started', isAhead: false }
    case 'paused':
      return { at: task.updatedAt, verb: 'paused', meaning: 'Paused', isAhead: false }
    case 'failed':
    case 'timed_out':
      return { at: ended, verb: 'died', meaning: 'Died', isAhead: false }
    case 'succeeded':
      return { at: ended, verb: null, meaning: 'Finished', isAhead: false }
    case 'cancelled':
      return { at: ended, verb: null, meaning: 'Cancelled', isAhead: false }
  }
}

/** `queued 4 s ago`, `runs in 28 m`, `after 2 tasks`, `due now`, `12 s ago`. */
export function whenText({ at, verb, isAhead, blockedBy = 0 }: When, now: EpochMs): string {
  if (blockedBy > 0) return `after ${countOf(blockedBy, 'task')}`
  if (isAhead && at <= now) return 'due now'
  const time = relativeText(isAhead ? at : Math.min(at, now), now)
  return verb === null ? time : `${verb} ${time}`
}

/** As {@link whenText}, for the start of a line: `Died 48 s ago`, `Finished 2 s ago`. */
export function whenSentence(when: When, now: EpochMs): string {
  const text = whenText({ ...when, verb: when.verb ?? when.meaning.toLowerCase() }, now)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
