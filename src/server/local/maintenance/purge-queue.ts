import type { Clock } from '../../../shared/domain/clock.ts'
import type { Store } from '../store/store-client.ts'

const SLICE = 500

/**
 * Deletes what waits in a queue, in slices, so that submits and claims go on meanwhile; what is
 * submitted after it began stays. Answers how many. Throws QUEUE_NOT_FOUND.
 */
export async function purgeQueue(store: Store, clock: Clock, queue: string): Promise<number> {
  const upTo = await store.run('beginPurge', { queue })
  let count = 0
  for (;;) {
    const deleted = await store.run('purgeSome', { queue, upTo, limit: SLICE, now: clock.now() })
    count += deleted
    if (deleted < SLICE) break
  }
  await store.run('endPurge', { queue, count, now: clock.now() })
  return count
}
