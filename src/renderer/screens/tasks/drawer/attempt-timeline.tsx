import { useMemo } from 'react'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Attempt, AttemptOutcome, Task } from '../../../../shared/domain/task.ts'
import { useLacking } from '../../../app/use-lacking.ts'
import { formatDuration } from '../../../ui/format/duration.ts'
import { useNow } from '../../../ui/now.ts'
import styles from './attempt-timeline.module.css'
import { Part } from './part.tsx'
import {
  layOutTimeline,
  type Segment,
  type SegmentKind,
  type Timeline,
  type TimelineRow,
} from './timeline-geometry.ts'

interface AttemptTimelineProps {
  readonly task: Task
  readonly attempts: readonly Attempt[]
}

const WORD_OF_KIND: Readonly<Record<SegmentKind, string>> = {
  waiting: 'Waiting',
  claimed: 'Claimed',
  running: 'Running',
  backoff: 'Backoff',
}

const WORD_OF_OUTCOME: Readonly<Record<AttemptOutcome, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  timed_out: 'timed out',
  cancelled: 'cancelled',
  paused: 'paused',
  lost: 'worker lost',
}

/** The attempts as bars to scale, on one axis of real time. */
export function AttemptTimeline({ task, attempts }: AttemptTimelineProps) {
  const tick = useNow()
  // A finished task does not grow: it is laid out once.
  const now = isFinal(task.state) ? task.updatedAt : tick
  const { rows, totalMs, ticks } = useMemo(() => layOutTimeline(task, attempts, now), [task, attempts, now])
  const lacking = useLacking('attempts')
  if (rows.length === 0 || lacking !== null) return null
  return (
    <Part title="Attempts" note={`${formatDuration(totalMs)} in all`} aside={<TimelineLegend rows={rows} />}>
      <div className={styles.chart} role="list" aria-label="Attempts on a timeline">
        <TimelineGrid ticks={ticks} />
        {rows.map((row) => (
          <TimelineBars key={row.attempt} row={row} />
        ))}
      </div>
    </Part>
  )
}

/** The axis behind the bars. */
export const TimelineGrid = ({ ticks }: Pick<Timeline, 'ticks'>) => (
  <div className={styles.grid} aria-hidden>
    {ticks.map(({ at, ms }) => (
      <span key={ms} className={styles.tick} style={{ left: `${at * 100}%` }}>
        <span className={styles.tickText}>{tickText(ms)}</span>
      </span>
    ))}
  </div>
)

interface TimelineBarsProps {
  readonly row: TimelineRow
  /** What stands before the bars; the attempt's number when not given. */
  readonly name?: string
}

/** One attempt on the axis. */
export function TimelineBars({ row, name }: TimelineBarsProps) {
  const { attempt, segments, outcome, runMs } = row
  const words = outcome === null ? (runMs === null ? 'waiting' : 'running') : WORD_OF_OUTCOME[outcome]
  return (
    <div className={styles.row} role="listitem">
      <span className={styles.number}>{name ?? attempt}</span>
      <span className={styles.lane}>
        {segments.map((segment) => (
          <Bar key={segment.kind} segment={segment} outcome={outcome} />
        ))}
      </span>
      <span className={styles.words}>
        {words}
        {runMs !== null && ` ${formatDuration(runMs)}`}
      </span>
    </div>
  )
}

/** Never thinner than can be seen, and drawn from its true start. */
function Bar({ segment, outcome }: { readonly segment: Segment; readonly outcome: AttemptOutcome | null }) {
  const { kind, start, end, ms } = segment
  const label = `${WORD_OF_KIND[kind]} ${formatDuration(ms)}`
  return (
    <span
      className={styles.bar}
      data-kind={kind}
      data-hue={kind === 'running' && outcome !== null ? HUE_OF_OUTCOME[outcome] : undefined}
      title={label}
      style={{ left: `${start * 100}%`, width: `max(3px, ${(end - start) * 100}%)` }}
    >
      <span className="visually-hidden">{label}</span>
    </span>
  )
}

const HUE_OF_OUTCOME: Readonly<Record<AttemptOutcome, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  timed_out: 'timed_out',
  cancelled: 'cancelled',
  paused: 'paused',
  lost: 'failed',
}

/** `0`, `200 ms`, `5 s`, `1 m 30 s`: the steps are round, and so are their words. */
const tickText = (ms: number) => (ms === 0 ? '0' : formatDuration(ms).replace('.0 s', ' s'))

/** Only what is drawn is explained. */
export function TimelineLegend({ rows }: { readonly rows: readonly TimelineRow[] }) {
  const drawn = new Set(rows.flatMap(({ segments }) => segments.map(({ kind }) => kind)))
  return (
    <span className={styles.legend} aria-hidden>
      {(['waiting', 'claimed', 'running', 'backoff'] as const)
        .filter((kind) => drawn.has(kind))
        .map((kind) => (
          <span key={kind} className={styles.legendItem}>
            <span className={styles.swatch} data-kind={kind} />
            {WORD_OF_KIND[kind]}
          </span>
        ))}
    </span>
  )
}
