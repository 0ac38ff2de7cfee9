import { memo } from 'react'
import type { Stats, StatsBucket } from '../../../shared/domain/queue.ts'
import { formatRateTick } from '../../charts/axis-style.ts'
import { durationTicks, valueTicks } from '../../charts/axis-ticks.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { GaugeChart } from '../../charts/gauge-chart.tsx'
import { LatencyChart } from '../../charts/latency-chart.tsx'
import { OUTCOMES } from '../../charts/outcome-series.ts'
import { OutcomesChart } from '../../charts/outcomes-chart.tsx'
import { describeStep } from '../../charts/rate-series.ts'
import { latencyTable, throughputTable } from '../../charts/stats-tables.ts'
import { ThroughputChart } from '../../charts/throughput-chart.tsx'
import { formatDuration, formatExactDuration } from '../../ui/format/duration.ts'
import { StateSwatch } from '../../ui/state/state-pill.tsx'
import { STATE_LOOKS } from '../../ui/state/task-state.ts'
import styles from './analytics.module.css'
import { formatDepth, outcomesTable, waitingTable } from './waiting-tables.ts'

/** Hovering one chart shows the same step in all of them. */
const SYNC_ID = 'analytics'
const depthOf = ({ meanDepth }: StatsBucket) => meanDepth
const ageOf = ({ oldestWaitMs }: StatsBucket) => oldestWaitMs
const countTicks = (max: number) => valueTicks(max, 3)
const formatAgeTick = (ms: number) =>
  ms === 0 ? '0' : formatDuration(ms).replace('.0 ', ' ').replaceAll(' ', '\u00a0')

/** The charts of a period. Loaded apart from the page, because they bring the chart library. */
export const AnalyticsCharts = memo(function AnalyticsCharts({ stats }: { readonly stats: Stats }) {
  const step = `by ${describeStep(stats.bucketMs)}`
  return (
    <>
      <div className={styles.pair}>
        <ChartFrame
          title="Throughput"
          note={`tasks per second, ${step}`}
          table={() => throughputTable(stats)}
          legend={<Legend states={['pending', 'succeeded', 'failed']} words={{ pending: 'Submitted' }} />}
        >
          <ThroughputChart stats={stats} hasFailures />
        </ChartFrame>
        <ChartFrame title="Latency" note={`waiting and running, ${step}`} table={() => latencyTable(stats)}>
          <LatencyChart title="Waiting" stats={stats} of="waitMs" syncId={SYNC_ID} hasTimeAxis={false} />
          <LatencyChart title="Running" stats={stats} of="runMs" syncId={SYNC_ID} hasTimeAxis />
        </ChartFrame>
      </div>
      <div className={styles.triple}>
        <ChartFrame title="Depth" note={`pending tasks, mean ${step}`} table={() => waitingTable(stats)}>
          <GaugeChart
            stats={stats}
            valueOf={depthOf}
            label="Pending"
            colour="var(--state-pending)"
            ticksFor={countTicks}
            formatTick={formatRateTick}
            format={formatDepth}
            syncId={SYNC_ID}
          />
        </ChartFrame>
        <ChartFrame
          title="Oldest waiting"
          note={`longest wait seen, ${step}`}
          table={() => waitingTable(stats)}
        >
          <GaugeChart
            stats={stats}
            valueOf={ageOf}
            label="Oldest"
            colour="var(--color-accent)"
            ticksFor={durationTicks}
            formatTick={formatAgeTick}
            format={formatExactDuration}
            syncId={SYNC_ID}
          />
        </ChartFrame>
        <ChartFrame title="Outcomes" note={`ended tasks, ${step}`} table={() => outcomesTable(stats)}>
          <OutcomesChart stats={stats} syncId={SYNC_ID} />
          <Legend states={OUTCOMES} />
        </ChartFrame>
      </div>
    </>
  )
})

interface LegendProps {
  readonly states: readonly (keyof typeof STATE_LOOKS)[]
  /** Where a chart calls it otherwise. */
  readonly words?: Partial<Record<keyof typeof STATE_LOOKS, string>>
}

const Legend = ({ states, words = {} }: LegendProps) => (
  <ul className={styles.legend}>
    {states.map((state) => (
      <li key={state}>
        <StateSwatch state={state} /> {words[state] ?? STATE_LOOKS[state].word}
      </li>
    ))}
  </ul>
)
