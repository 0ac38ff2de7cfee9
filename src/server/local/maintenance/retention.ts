import type { Clock } from '../../../shared/domain/clock.ts'
import { DEFAULT_RETENTION_COUNT, DEFAULT_RETENTION_MS } from '../../../shared/domain/queue-settings.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import type { Store } from '../store/store-client.ts'

const SLICE = 200
/** How many slices of one queue a round may take; the rest is for the next round. */
const MAX_SLICES = 250

/**
 * Deletes what has been finished for longer, or is more, than each queue keeps. In slices, each a
 * short transaction, so that nobody waits for it.
 */
export async function retainFinished(store: Store, clock: Clock): Promise<void> {
  await store.run('forgetKeys', { now: clock.now() })
  for (const queue of await store.numbers('queues', { now: clock.now() })) {
    const finishedBefore = clock.now() - (queue.settings.retentionMs ?? DEFAULT_RETENTION_MS)
    let excess = Math.max(0, finishedIn(queue) - (queue.settings.retentionCount ?? DEFAULT_RETENTION_COUNT))
    for (let slice = 0; slice < MAX_SLICES; slice += 1) {
      const request = { queue: queue.name, finishedBefore, excess, limit: SLICE, now: clock.now() }
      const deleted = await store.run('retain', request)
      excess = Math.max(0, excess - deleted)
      if (deleted < SLICE) break
    }
  }
}

function finishedIn({ counts, deadLetters }: Pick<Queue, 'counts' | 'deadLetters'>): number {
  return counts.succeeded + counts.failed + counts.timed_out + counts.cancelled - deadLetters
}
