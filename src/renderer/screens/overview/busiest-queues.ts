import type { Untold } from '../../../shared/domain/capabilities.ts'
import type { QueueSettings, RateLimit } from '../../../shared/domain/queue-settings.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { countOf, formatCount, formatRate } from '../../ui/format/count.ts'
import { countUnfinished } from '../../charts/unfinished.ts'

/** The queues in which most happens, or waits; at most `limit`. */
export function rankQueues(queues: readonly Queue[], limit: number): readonly Queue[] {
  return queues
    .toSorted((a, b) => busynessOf(b) - busynessOf(a) || a.name.localeCompare(b.name))
    .slice(0, limit)
}

/** Flow counts most; a queue that only waits is not forgotten. Whole numbers, so that rows do not trade places all the time. */
function busynessOf(queue: Queue): number {
  const flow = Math.round(queue.submittedPerSecond + queue.throughputPerSecond)
  return flow * 1000 + Math.round(Math.log2(countUnfinished(queue.counts) + 1) * 50)
}

/** Tasks wait, and it is known that nobody takes them. */
export function isStalled({ isPaused, consumers, counts }: Queue, untold: Untold['queue']): boolean {
  return !untold.includes('consumers') && consumers === 0 && !isPaused && counts.pending > 0
}

/**
 * The quiet line under a queue's name: that nothing can run, or how much may. Null when the broker tells
 * nothing of that.
 */
export function describeQueue(
  { isPaused, consumers, settings }: Queue,
  untold: Untold['queue'],
): string | null {
  if (isPaused) return 'Paused'
  const areWorkersTold = !untold.includes('consumers')
  if (areWorkersTold && consumers === 0) return 'No workers'
  const limit = untold.includes('settings') ? null : describeLimit(settings)
  const parts = [limit, areWorkersTold ? countOf(consumers, 'slot') : null].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

function describeLimit({ rateLimit, concurrency }: QueueSettings): string | null {
  if (rateLimit !== null) return `Limit ${perSecond(rateLimit)}/s`
  return concurrency === null ? null : `Limit ${formatCount(concurrency)}`
}

/** A limit is a setting, not a measurement: without a digit that says nothing. */
function perSecond({ count, perMs }: RateLimit): string {
  return formatRate((count * 1000) / perMs).replace(/\.0$/, '')
}
