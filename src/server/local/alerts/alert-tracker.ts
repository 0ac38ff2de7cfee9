import type { AlertSnapshot, TimeoutCount, WorkerSilence } from '../../../shared/domain/alert-snapshot.ts'
import type { Stats } from '../../../shared/domain/queue.ts'
import type { AlertNumbers } from '../store/alert-numbers.ts'

const HOUR_MS = 3_600_000
const SAMPLE_EVERY_MS = 60_000
/** How long a timeout counts as recent. */
const TIMEOUT_WINDOW_MS = 300_000

interface Finished {
  readonly succeeded: number
  readonly unsuccessful: number
}
interface Sample extends Finished {
  /** Monotonic milliseconds. */
  readonly at: number
}

/** What of a name had timed out before the window, and at which looks there were more. */
interface TimeoutTrack {
  base: number
  samples: { readonly at: number; readonly total: number }[]
}

export interface AlertTracker {
  /** @param monotonic never less than at the look before. */
  look(seen: {
    readonly numbers: AlertNumbers
    readonly hasActiveWorker: boolean
    readonly silences: readonly WorkerSilence[]
    readonly monotonic: number
  }): AlertSnapshot
}

/**
 * Makes what happened lately out of numbers that only grow, by remembering what they were.
 * @param start the numbers now; what had timed out by then is no news. `lastHour` fills in what finished
 *   before, when the program was not running or another run of it was.
 */
export function createAlertTracker(start: {
  readonly numbers: AlertNumbers
  readonly lastHour: Stats
  readonly monotonic: number
}): AlertTracker {
  const samples = samplesOf(start.numbers, start.lastHour, start.monotonic)
  const timeouts = new Map<string, TimeoutTrack>()
  let activeAt = start.monotonic

  for (const { queue, name, total } of start.numbers.timeouts)
    timeouts.set(JSON.stringify([queue, name]), { base: total, samples: [] })

  function lookAtFinished({ succeeded, unsuccessful }: Finished, now: number): Finished {
    while (samples.length > 1 && samples[1]!.at <= now - HOUR_MS) samples.shift()
    const before = samples[0] ?? { succeeded, unsuccessful }
    if (now - (samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= SAMPLE_EVERY_MS)
      samples.push({ at: now, succeeded, unsuccessful })
    return {
      succeeded: Math.max(0, succeeded - before.succeeded),
      unsuccessful: Math.max(0, unsuccessful - before.unsuccessful),
    }
  }

  function lookAtTimeouts(
    { queue, name, total }: AlertNumbers['timeouts'][number],
    now: number,
  ): TimeoutCount {
    const key = JSON.stringify([queue, name])
    let track = timeouts.get(key)
    if (track === undefined) timeouts.set(key, (track = { base: 0, samples: [] }))
    while (track.samples.length > 0 && track.samples[0]!.at <= now - TIMEOUT_WINDOW_MS)
      track.base = track.samples.shift()!.total
    if (total > (track.samples.at(-1)?.total ?? track.base)) track.samples.push({ at: now, total })
    return { queue, name, recent: total - track.base, total }
  }

  return {
    look({ numbers, hasActiveWorker, silences, monotonic }) {
      if (hasActiveWorker) activeAt = monotonic
      return {
        withoutWorkersMs: monotonic - activeAt,
        depths: numbers.depths,
        finished: lookAtFinished(numbers, monotonic),
        silences,
        timeouts: numbers.timeouts.map((each) => lookAtTimeouts(each, monotonic)),
      }
    },
  }
}

/** What the numbers must have been at the beginning of each step of the last hour. */
function samplesOf(numbers: Finished, { at, buckets }: Stats, monotonic: number): Sample[] {
  let { succeeded, unsuccessful } = numbers
  return buckets
    .toReversed()
    .map((bucket) => {
      succeeded -= bucket.succeeded
      unsuccessful -= bucket.failed + bucket.timedOut
      return { at: monotonic - (at - bucket.at), succeeded, unsuccessful }
    })
    .toReversed()
}
