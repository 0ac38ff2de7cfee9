import { tickSteps, type Timeline, type TimelineRow } from '../drawer/timeline-geometry.ts'

/** `start`: all runs begin at the left. `clock`: each stands where it was in real time. */
export type Alignment = 'start' | 'clock'

export interface SharedTimeline {
  /** Length of the axis in milliseconds. */
  readonly totalMs: number
  readonly ticks: Timeline['ticks']
  /** Attempts by run, in the order given; places are fractions of the shared axis. */
  readonly runs: readonly (readonly TimelineRow[])[]
}

/** Puts timelines that were laid out one by one on one axis. */
export function layOutTogether(timelines: readonly Timeline[], alignment: Alignment): SharedTimeline {
  const origin = Math.min(...timelines.map(({ startAt }) => startAt))
  const offsets = timelines.map(({ startAt }) => (alignment === 'start' ? 0 : startAt - origin))
  const totalMs = Math.max(1, ...timelines.map((timeline, index) => offsets[index]! + timeline.totalMs))
  return {
    totalMs,
    ticks: tickSteps(totalMs).map((ms) => ({ at: ms / totalMs, ms })),
    runs: timelines.map((timeline, index) => {
      const place = (at: number) => (offsets[index]! + at * timeline.totalMs) / totalMs
      return timeline.rows.map((row) => ({
        ...row,
        segments: row.segments.map((segment) => ({
          ...segment,
          start: place(segment.start),
          end: place(segment.end),
        })),
      }))
    }),
  }
}

/** How long the attempts waited for their turn and how long they ran, in milliseconds. */
export function totalsOf(rows: readonly TimelineRow[]): { readonly waitMs: number; readonly runMs: number } {
  const sum = (kinds: readonly string[]) =>
    rows
      .flatMap(({ segments }) => segments)
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((total, { ms }) => total + ms, 0)
  return { waitMs: sum(['waiting', 'claimed']), runMs: sum(['running']) }
}
