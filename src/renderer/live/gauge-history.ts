import type { EpochMs } from '../../shared/domain/clock.ts'

/** What was seen of figures that have no history in the broker, while this window was open. */
export interface GaugeHistory<Sample> {
  /** Samples closer together than this replace each other. */
  readonly everyMs: number
  readonly samples: readonly { readonly at: EpochMs; readonly sample: Sample }[]
}

const MOST_SAMPLES = 60

export function noHistory<Sample>(): GaugeHistory<Sample> {
  return { everyMs: 1000, samples: [] }
}

/** Adds a sample. When there are too many, every second one goes: the same line, half as fine. */
export function addSample<Sample>(
  history: GaugeHistory<Sample>,
  sample: Sample,
  at: EpochMs,
): GaugeHistory<Sample> {
  const { everyMs, samples } = history
  const previous = samples.at(-2)
  const isTooSoon = previous !== undefined && at - previous.at < everyMs * 2
  const kept = isTooSoon ? samples.slice(0, -1) : samples
  const added = [...kept, { at, sample }]
  if (added.length <= MOST_SAMPLES) return { everyMs, samples: added }
  return { everyMs: everyMs * 2, samples: added.filter((_, index) => (added.length - 1 - index) % 2 === 0) }
}
