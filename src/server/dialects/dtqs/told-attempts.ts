import * as z from 'zod'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Attempt, AttemptOutcome, TaskError } from '../../../shared/domain/task.ts'
import { instantText } from '../../attach/answer-fields.ts'
import { UNTOLD_ERROR_TYPE } from '../../attach/blank-task.ts'
import { count, status, text } from './told-task.ts'

export const toldTimeline = z.object({
  status,
  created_at: instantText,
  started_at: instantText.nullish(),
  completed_at: instantText.nullish(),
  events: z
    .array(
      z.object({
        timestamp: instantText,
        event_type: z.string().max(200),
        details: z
          .object({
            worker_id: text.nullish(),
            attempt: count.nullish(),
            error_type: text.nullish(),
            error_message: text.nullish(),
            retry_at: instantText.nullish(),
          })
          .nullish(),
      }),
    )
    .max(10_000),
})
type ToldTimeline = z.output<typeof toldTimeline>
type ToldEvent = ToldTimeline['events'][number]

const OUTCOMES: ReadonlyMap<string, AttemptOutcome> = new Map([
  ['completed', 'succeeded'],
  ['failed', 'failed'],
  ['timed_out', 'timed_out'],
  ['cancelled', 'cancelled'],
  ['paused', 'paused'],
  ['worker_lost', 'lost'],
])
const FINAL_OUTCOMES: Readonly<Partial<Record<ToldTimeline['status'], AttemptOutcome>>> = {
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

/**
 * Attempts out of a timeline: from each start to the end that follows it. Events of other kinds are passed
 * over. The document shows starts alone: then the end of the task is that of its last attempt. When an
 * attempt was due is when the one before it said it may be tried again, and it was claimed when it started.
 */
export function toAttempts(timeline: ToldTimeline): readonly Attempt[] {
  const attempts: Attempt[] = []
  let start: ToldEvent | null = null
  let dueAt = timeline.created_at
  const end = (outcome: AttemptOutcome, finishedAt: EpochMs, details: ToldEvent['details']) => {
    const startedAt = start?.timestamp ?? null
    const retryAt = details?.retry_at ?? null
    attempts.push({
      attempt: details?.attempt ?? start?.details?.attempt ?? attempts.length + 1,
      workerId: details?.worker_id ?? start?.details?.worker_id ?? null,
      dueAt,
      claimedAt: startedAt ?? finishedAt,
      startedAt,
      finishedAt,
      outcome,
      error: errorOf(details),
      retryAt,
    })
    start = null
    dueAt = retryAt ?? finishedAt
  }
  for (const event of timeline.events) {
    if (event.event_type === 'started') {
      start = event
      continue
    }
    const outcome = OUTCOMES.get(event.event_type)
    // What ends without an attempt was waiting.
    if (outcome === undefined || (start === null && event.details?.attempt == null)) continue
    end(outcome, event.timestamp, event.details)
  }
  const outcome = FINAL_OUTCOMES[timeline.status]
  if (start !== null && outcome !== undefined && timeline.completed_at != null)
    end(outcome, timeline.completed_at, null)
  return attempts
}

function errorOf(details: ToldEvent['details']): TaskError | null {
  if (details?.error_message == null) return null
  const type = details.error_type ?? UNTOLD_ERROR_TYPE
  return { type, message: details.error_message, traceback: null, cause: null }
}
