import type { Clock } from '../../../shared/domain/clock.ts'
import type { Store } from '../store/store-client.ts'

/** Rows a transaction. */
const SLICE = 500

/**
 * Sums the chart figures of every hour and day that is complete, and deletes those that are kept no
 * longer. In slices, each a short transaction; what is cut short goes on with the next round.
 */
export async function rollUp(store: Pick<Store, 'run' | 'read'>, clock: Clock): Promise<void> {
  await store.run('reopenRollups', { now: clock.now() })
  for (;;) {
    const rollup = await store.read('nextRollup', { now: clock.now() })
    if (rollup === null) break
    const { sums } = rollup
    for (let start = 0; start < sums.length; start += SLICE)
      await store.run('writeRollup', {
        ...rollup,
        sums: sums.slice(start, start + SLICE),
        isLast: start + SLICE >= sums.length,
      })
  }
  while ((await store.run('pruneStats', { now: clock.now(), limit: SLICE })) > 0);
}
