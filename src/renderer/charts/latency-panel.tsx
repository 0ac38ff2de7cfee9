import type { Stats } from '../../shared/domain/queue.ts'
import { ChartFrame } from './chart-frame.tsx'
import { LatencyChart } from './latency-chart.tsx'
import styles from './panels.module.css'
import { latencyTable } from './stats-tables.ts'

/** The two share their hover line; only the one under the pointer shows its card. */
const SYNC_ID = 'latency'

interface LatencyPanelProps {
  readonly stats: Stats
  /** Whose latency it is: "all queues". */
  readonly note: string
}

/** How long tasks waited and ran, in percentiles. */
export function LatencyPanel({ stats, note }: LatencyPanelProps) {
  return (
    <ChartFrame title="Latency" note={note} table={() => latencyTable(stats)}>
      <div className={styles.latency}>
        <LatencyChart title="Waiting" stats={stats} of="waitMs" syncId={SYNC_ID} hasTimeAxis={false} />
        <LatencyChart title="Running" stats={stats} of="runMs" syncId={SYNC_ID} hasTimeAxis />
      </div>
    </ChartFrame>
  )
}
