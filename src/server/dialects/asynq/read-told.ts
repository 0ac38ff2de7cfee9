import type { Queue } from '../../../shared/domain/queue.ts'
import type { Progress, ProgressEntry, Task, TaskSummary } from '../../../shared/domain/task.ts'
import { blankQueue } from '../../attach/blank-system.ts'
import { blankSummary, blankTask, UNTOLD_ERROR_TYPE } from '../../attach/blank-task.ts'
import { readAsynqState } from './states.ts'
import type { ToldEntry, ToldQueue, ToldTask, ToldTaskItem } from './told-answers.ts'

/** Wire → domain; what is not told is a stand-in (`Coverage.untold`). */
export function readTask(told: ToldTask, latest: ToldEntry | null): Task {
  const state = readAsynqState(told.state)
  return {
    ...blankTask(told.id),
    name: told.type,
    queue: told.queue,
    state,
    maxRetries: told.max_retry,
    attempt: told.retried + (state === 'pending' || state === 'scheduled' ? 0 : 1),
    // An instant before all others stands for none.
    runAt: Math.max(0, told.next_process_at ?? 0),
    error:
      told.last_err === null || told.last_err === ''
        ? null
        : { type: UNTOLD_ERROR_TYPE, message: told.last_err, traceback: null, cause: null },
    progress: latest === null || tellsEndAlone(latest) ? null : progressOf(latest),
  }
}

export function readTaskItem({ id, queue, type, state }: ToldTaskItem): TaskSummary {
  return { ...blankSummary(id), name: type, queue, state: readAsynqState(state) }
}

/** Which attempt it was is not told: the first stands for it. */
export function readHistory(told: readonly ToldEntry[]): readonly ProgressEntry[] {
  return told
    .filter((entry) => !tellsEndAlone(entry))
    .map((entry) => ({ ...progressOf(entry), streamId: entry.stream_id, attempt: 1 }))
}

/** An entry that a server makes of a task's end, whatever its handler had told. */
function tellsEndAlone({ progress, is_final, status }: ToldEntry): boolean {
  return is_final && status !== null && progress.stage === status
}

function progressOf({ progress, stream_id }: ToldEntry): Progress {
  return {
    fraction: progress.percentage / 100,
    stage: textOrNull(progress.stage),
    message: textOrNull(progress.message),
    at: progress.timestamp_ms ?? Number(stream_id.split('-')[0]),
  }
}

const textOrNull = (text: string | null) => (text === '' ? null : text)

export function readQueue(told: ToldQueue): Queue {
  const blank = blankQueue(told.queue)
  return {
    ...blank,
    counts: {
      ...blank.counts,
      pending: told.pending,
      running: told.active,
      scheduled: told.scheduled,
      retrying: told.retry,
      failed: told.archived,
      succeeded: told.completed,
    },
  }
}
