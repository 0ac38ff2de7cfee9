import type { EpochMs } from '../../shared/domain/clock.ts'
import { formatDuration } from '../ui/format/duration.ts'
import { formatClockSeconds, formatClockTime } from '../ui/format/instant.ts'
import { StateSwatch } from '../ui/state/state-pill.tsx'
import type { ShownState } from '../ui/state/task-state.ts'
import styles from './chart.module.css'

interface ChartCardProps {
  readonly from: EpochMs
  readonly until: EpochMs
  readonly rows: readonly {
    readonly hue: ShownState | null
    readonly label: string
    readonly value: string
  }[]
}

/** What hovering a chart shows: the step, and each figure of it. */
export function ChartCard({ from, until, rows }: ChartCardProps) {
  const format = until - from < 60_000 ? formatClockSeconds : formatClockTime
  return (
    <div className={styles.card}>
      <p className={styles.cardHead}>
        <span>
          {format(from)} – {format(until)}
        </span>
        <span className={styles.cardNote}>{formatDuration(until - from)}</span>
      </p>
      {rows.map(({ hue, label, value }) => (
        <p key={label} className={styles.cardRow}>
          {hue !== null && <StateSwatch state={hue} />}
          <span>{label}</span>
          <span className={styles.cardValue}>{value}</span>
        </p>
      ))}
    </div>
  )
}
