import { DEFAULT_QUEUE_SETTINGS } from '../../../shared/domain/queue-settings.ts'
import type { Queue, StateCounts, Totals } from '../../../shared/domain/queue.ts'

const NO_COUNTS: StateCounts = {
  scheduled: 0,
  pending: 0,
  running: 0,
  retrying: 0,
  paused: 0,
  succeeded: 0,
  failed: 0,
  timed_out: 0,
  cancelled: 0,
}

const NO_TOTALS: Totals = {
  submitted: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  cancelled: 0,
  retried: 0,
  deadLettered: 0,
  waitMs: 0,
  runMs: 0,
  started: 0,
  ended: 0,
}

/** A queue that is well: four threads, nothing waiting. */
export function queueOf(
  fields: Partial<Omit<Queue, 'counts'>> & { readonly counts?: Partial<StateCounts> },
): Queue {
  return {
    name: 'emails',
    isPaused: false,
    settings: DEFAULT_QUEUE_SETTINGS,
    deadLetters: 0,
    totals: NO_TOTALS,
    throughputPerSecond: 0,
    submittedPerSecond: 0,
    oldestPendingAt: null,
    consumers: 4,
    createdAt: 0,
    ...fields,
    counts: { ...NO_COUNTS, ...fields.counts },
  }
}
