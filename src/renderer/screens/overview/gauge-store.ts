import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { addSample, noHistory, type GaugeHistory } from '../../live/gauge-history.ts'
import { formatClockTime } from '../../ui/format/instant.ts'
import type { TileLine } from './stat-tiles.tsx'

/** Figures of which the broker keeps no history. */
interface Gauges {
  readonly pending: number
  readonly running: number
  readonly dead: number
}

/** Kept while the window is open, also when another page is shown. */
const store = createStore<Readonly<Record<string, GaugeHistory<Gauges>>>>(() => ({}))

/** Fewer make a line that claims more than was seen. */
const FEWEST_SAMPLES = 8

const NOTHING = noHistory<Gauges>()

/** Remembers the gauges under a key each time they were asked, and answers what was seen so far as lines. */
export function useGaugeLines(
  key: string,
  gauges: Gauges | null,
  at: EpochMs,
): Readonly<Record<keyof Gauges, TileLine>> {
  const pending = gauges?.pending
  const running = gauges?.running
  const dead = gauges?.dead
  useEffect(() => {
    if (pending === undefined || running === undefined || dead === undefined) return
    store.setState((all) => ({ [key]: addSample(all[key] ?? NOTHING, { pending, running, dead }, at) }))
  }, [key, pending, running, dead, at])
  const { samples } = useStore(store, (all) => all[key] ?? NOTHING)
  const since = samples[0] === undefined ? '' : ` since ${formatClockTime(samples[0].at)}`
  const line = (name: keyof Gauges, label: string): TileLine => ({
    values: samples.length < FEWEST_SAMPLES ? [] : samples.map(({ sample }) => sample[name]),
    title: `${label}${since}`,
  })
  return {
    pending: line('pending', 'Pending'),
    running: line('running', 'Running'),
    dead: line('dead', 'Dead letters'),
  }
}
