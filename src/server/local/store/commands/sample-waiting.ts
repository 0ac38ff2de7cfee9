import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { CommandContext } from './command-context.ts'

/** Looks at how much waits in each queue, for the charts. */
export function prepareSampleWaiting({ db, record }: CommandContext) {
  const depths = db.prepare<[], { queue: string; depth: number }>(
    "SELECT queue, count AS depth FROM state_counts WHERE state = 'pending' AND count > 0",
  )
  // The oldest number, not the oldest run_at: one look at an index instead of a scan of what waits.
  const oldest = db
    .prepare<[string], number>(
      `SELECT run_at FROM tasks WHERE queue = ? AND state = 'pending' ORDER BY number LIMIT 1`,
    )
    .pluck()
  /** Where something waited at the last look: nothing now has to be told too. */
  let seen: ReadonlySet<string> = new Set()

  /** Keeps what waits now as the figure of this minute. */
  return ({ now }: { readonly now: EpochMs }): void => {
    const rows = depths.all()
    const waiting = new Set(rows.map(({ queue }) => queue))
    for (const { queue, depth } of rows) record.waiting(queue, depth, now - (oldest.get(queue) ?? now), now)
    for (const queue of seen) if (!waiting.has(queue)) record.waiting(queue, 0, 0, now)
    seen = waiting
  }
}
