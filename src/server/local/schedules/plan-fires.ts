import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { MissedFires } from '../../../shared/domain/schedule.ts'
import { type FixedTiming, firstFireAfter, lastFireUpTo } from './fire-times.ts'

/**
 * An instant that passed while somebody was looking is fired for itself when it is not older than
 * this. The runner looks at least once a minute, so what is older passed while nobody could look.
 */
export const GRACE_MS = 120_000

export interface DueSchedule {
  readonly timing: FixedTiming
  readonly missed: MissedFires
  /** The first instant that has not been dealt with. */
  readonly nextFireAt: EpochMs
}

export interface FirePlan {
  /** Instants to fire for, oldest first. */
  readonly fires: readonly EpochMs[]
  /** The first instant after now. */
  readonly nextFireAt: EpochMs | null
}

/**
 * Decides for which of the instants that have passed a schedule fires. Those that passed just now are
 * fired one by one, even when several came between two looks. Those that were missed are fired once,
 * for the newest of them, or not at all.
 *
 * @param awakeSince since when somebody has been looking; instants before it were missed.
 */
export function planFires(
  { timing, missed, nextFireAt }: DueSchedule,
  { now, awakeSince }: { readonly now: EpochMs; readonly awakeSince: EpochMs },
): FirePlan {
  const next = firstFireAfter(timing, now)
  if (nextFireAt > now) return { fires: [], nextFireAt }
  const isMissed = nextFireAt < awakeSince || now - nextFireAt > GRACE_MS
  if (!isMissed) return { fires: listFires(timing, nextFireAt, now), nextFireAt: next }
  const last = missed === 'once' ? lastFireUpTo(timing, now) : null
  return { fires: last === null || last < nextFireAt ? [] : [last], nextFireAt: next }
}

/** At most {@link GRACE_MS} of instants that are at least a second apart. */
function listFires(timing: FixedTiming, from: EpochMs, to: EpochMs): readonly EpochMs[] {
  const fires: EpochMs[] = []
  for (let at: EpochMs | null = from; at !== null && at <= to; at = firstFireAfter(timing, at)) fires.push(at)
  return fires
}
