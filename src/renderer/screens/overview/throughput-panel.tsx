import type { Stats } from '../../../shared/domain/queue.ts'
import { describeStep, rateSeries } from '../../charts/rate-series.ts'
import { ThroughputChart } from '../../charts/throughput-chart.tsx'
import { formatRate } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import styles from './charts-row.module.css'

interface ThroughputPanelProps {
  readonly stats: Stats
  readonly hasFailures?: boolean
}

export function ThroughputPanel({ stats, hasFailures = true }: ThroughputPanelProps) {
  const latest = rateSeries(stats).at(-1)
  return (
    <Panel
      title="Throughput"
      note={`tasks per second, by ${describeStep(stats.bucketMs)}`}
      aside={
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
    </Panel>
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
