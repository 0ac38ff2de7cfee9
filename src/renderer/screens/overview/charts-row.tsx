import { memo } from 'react'
import type { Stats } from '../../../shared/domain/queue.ts'
import { LatencyPanel } from '../../charts/latency-panel.tsx'
import { ThroughputPanel } from '../../charts/throughput-panel.tsx'
import styles from './charts-row.module.css'

interface ChartsRowProps {
  readonly stats: Stats
  readonly queue: string | undefined
}

/** Throughput beside latency. Loaded apart from the page, because it brings the chart library. */
export const ChartsRow = memo(function ChartsRow({ stats, queue }: ChartsRowProps) {
  return (
    <div className={styles.row}>
      <ThroughputPanel stats={stats} />
      <LatencyPanel stats={stats} note={queue ?? 'all queues'} />
    </div>
  )
})
