import type { Stats } from '../../shared/domain/queue.ts'
import { describeStep, rateSeries } from './rate-series.ts'
import { ThroughputChart } from './throughput-chart.tsx'
import { formatRate } from '../ui/format/count.ts'
import { ChartFrame } from './chart-frame.tsx'
import styles from './panels.module.css'
import { throughputTable } from './stats-tables.ts'

interface ThroughputPanelProps {
  readonly stats: Stats
  readonly hasFailures?: boolean
}

export function ThroughputPanel({ stats, hasFailures = true }: ThroughputPanelProps) {
  const latest = rateSeries(stats).at(-1)
  return (
    <ChartFrame
      title="Throughput"
      note={`tasks per second, by ${describeStep(stats.bucketMs)}`}
      table={() => throughputTable(stats)}
      legend={
        <ul className={styles.legend}>
          <LegendEntry hue="pending" isLine label="Submitted" value={latest?.submitted ?? 0} />
          <LegendEntry hue="succeeded" isLine label="Succeeded" value={latest?.succeeded ?? 0} />
          <LegendEntry hue="failed" isLine={false} label="Failed" value={latest?.failed ?? 0} />
        </ul>
      }
    >
      <div className={styles.plot}>
        <ThroughputChart stats={stats} hasFailures={hasFailures} />
      </div>
    </ChartFrame>
  )
}

interface LegendEntryProps {
  readonly hue: 'pending' | 'succeeded' | 'failed'
  readonly isLine: boolean
  readonly label: string
  readonly value: number
}

function LegendEntry({ hue, isLine, label, value }: LegendEntryProps) {
  return (
    <li className={styles.entry} data-hue={hue}>
      <span className={isLine ? styles.line : styles.square} aria-hidden />
      {label} <span className={styles.value}>{formatRate(value)}</span>
    </li>
  )
}
