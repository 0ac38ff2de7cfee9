import { DEFAULT_QUEUE_SETTINGS } from '../../../shared/domain/queue-settings.ts'
import { emptyCounts, emptyTotals, type Queue, type StateCounts } from '../../../shared/domain/queue.ts'

/** A queue that is well: four threads, nothing waiting. */
export function queueOf(
  fields: Partial<Omit<Queue, 'counts'>> & { readonly counts?: Partial<StateCounts> },
): Queue {
  return {
    name: 'emails',
    isPaused: false,
    settings: DEFAULT_QUEUE_SETTINGS,
    deadLetters: 0,
    totals: emptyTotals(),
    throughputPerSecond: 0,
    submittedPerSecond: 0,
    oldestPendingAt: null,
    consumers: 4,
    createdAt: 0,
    ...fields,
    counts: { ...emptyCounts(), ...fields.counts },
  }
}
