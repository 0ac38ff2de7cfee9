import type { RateLimit } from '../../../shared/domain/queue-settings.ts'
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

/** The quiet line under a queue's name: that nothing can run, or how much may. */
export function describeQueue({ isPaused, consumers, settings }: Queue): string {
  if (isPaused) return 'Paused'
  if (consumers === 0) return 'No workers'
  const slots = countOf(consumers, 'slot')
  const { rateLimit, concurrency } = settings
  if (rateLimit !== null) return `Limit ${perSecond(rateLimit)}/s · ${slots}`
  return concurrency === null ? slots : `Limit ${formatCount(concurrency)} · ${slots}`
}

/** A limit is a setting, not a measurement: without a digit that says nothing. */
function perSecond({ count, perMs }: RateLimit): string {
  return formatRate((count * 1000) / perMs).replace(/\.0$/, '')
}
