import { useMemo } from 'react'
import type { Stats } from '../../shared/domain/queue.ts'
import styles from './chart.module.css'
import { FailuresChart } from './failures-chart.tsx'
import { RatesChart } from './rates-chart.tsx'
import { throughputFrame } from './throughput-rows.ts'

/** The two share their hover line. */
const SYNC_ID = 'throughput'

interface ThroughputChartProps {
  readonly stats: Stats
  /** With failures under the rates. */
  readonly hasFailures: boolean
}

/** Submitted and succeeded per second; failures under them, on a small axis of their own. */
export function ThroughputChart({ stats, hasFailures }: ThroughputChartProps) {
  const frame = useMemo(() => throughputFrame(stats), [stats])
  const isEmpty = frame.rows.every(({ submitted, succeeded, failed }) => submitted + succeeded + failed === 0)
  return (
    <div className={styles.stack} data-empty={isEmpty}>
      <RatesChart frame={frame} syncId={SYNC_ID} hasTimeAxis={!hasFailures} />
      {hasFailures && (
        <>
          <p className={styles.subtitle}>Failed per second</p>
          <FailuresChart frame={frame} syncId={SYNC_ID} />
        </>
      )}
      {isEmpty && (
        <p className={styles.empty}>Nothing happened in this time. The next task starts this chart.</p>
      )}
    </div>
  )
}
