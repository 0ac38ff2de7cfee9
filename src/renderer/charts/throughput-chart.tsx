import { useMemo } from 'react'
import type { Stats } from '../../shared/domain/queue.ts'
import styles from './chart.module.css'
import { FailuresChart } from './failures-chart.tsx'
import { RatesChart } from './rates-chart.tsx'
import { throughputFrame } from './throughput-rows.ts'

interface ThroughputChartProps {
  readonly stats: Stats
  /** Charts with the same id share their hover line. */
  readonly syncId: string
  /** With failures under the rates. */
  readonly hasFailures: boolean
}

/** Submitted and succeeded per second; failures under them, on a small axis of their own. */
export function ThroughputChart({ stats, syncId, hasFailures }: ThroughputChartProps) {
  const frame = useMemo(() => throughputFrame(stats), [stats])
  const isEmpty = frame.rows.every(({ submitted, succeeded, failed }) => submitted + succeeded + failed === 0)
  return (
    <div className={styles.stack} data-empty={isEmpty}>
      <RatesChart frame={frame} syncId={syncId} hasTimeAxis={!hasFailures} />
      {hasFailures && (
        <>
          <p className={styles.subtitle}>Failed per second</p>
          <FailuresChart frame={frame} syncId={syncId} />
        </>
      )}
      {isEmpty && (
        <p className={styles.empty}>Nothing happened in this time. The next task starts this chart.</p>
      )}
    </div>
  )
}
