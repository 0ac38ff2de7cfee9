import { memo } from 'react'
import type { Stats } from '../../../shared/domain/queue.ts'
import { LatencyChart } from '../../charts/latency-chart.tsx'
import { Panel } from '../../ui/panel.tsx'
import styles from './charts-row.module.css'
import { ThroughputPanel } from './throughput-panel.tsx'

interface ChartsRowProps {
  readonly stats: Stats
  readonly queue: string | undefined
}

/** The two share their hover line; only the one under the pointer shows its card. */
const SYNC_ID = 'latency'

/** Throughput beside latency. Loaded apart from the page, because it brings the chart library. */
export const ChartsRow = memo(function ChartsRow({ stats, queue }: ChartsRowProps) {
  return (
    <div className={styles.row}>
      <ThroughputPanel stats={stats} />
      <Panel title="Latency" note={queue ?? 'all queues'}>
        <div className={styles.latency}>
          <LatencyChart title="Waiting" stats={stats} of="waitMs" syncId={SYNC_ID} hasTimeAxis={false} />
          <LatencyChart title="Running" stats={stats} of="runMs" syncId={SYNC_ID} hasTimeAxis />
        </div>
      </Panel>
    </div>
  )
})
