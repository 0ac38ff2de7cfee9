import { memo } from 'react'
import type { Stats, StatsBucket } from '../../../shared/domain/queue.ts'
import { formatRateTick } from '../../charts/axis-style.ts'
import { durationTicks, valueTicks } from '../../charts/axis-ticks.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { GaugeChart } from '../../charts/gauge-chart.tsx'
import { LatencyPanel } from '../../charts/latency-panel.tsx'
import { OUTCOMES } from '../../charts/outcome-series.ts'
import { OutcomesChart } from '../../charts/outcomes-chart.tsx'
import { describeStep } from '../../charts/rate-series.ts'
import { ThroughputPanel } from '../../charts/throughput-panel.tsx'
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
        <ThroughputPanel stats={stats} />
        <LatencyPanel stats={stats} note={`waiting and running, ${step}`} />
      </div>
      <div className={styles.triple}>
        <ChartFrame title="Depth" note={`pending tasks, mean ${step}`} table={() => waitingTable(stats)}>
          <div className={styles.plot}>
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
          </div>
        </ChartFrame>
        <ChartFrame
          title="Oldest waiting"
          note={`longest wait seen, ${step}`}
          table={() => waitingTable(stats)}
        >
          <div className={styles.plot}>
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
          </div>
        </ChartFrame>
        <ChartFrame title="Outcomes" note={`ended tasks, ${step}`} table={() => outcomesTable(stats)}>
          <div className={styles.plot}>
            <OutcomesChart stats={stats} syncId={SYNC_ID} />
            <OutcomeLegend />
          </div>
        </ChartFrame>
      </div>
    </>
  )
})

const OutcomeLegend = () => (
  <ul className={styles.legend}>
    {OUTCOMES.map((outcome) => (
      <li key={outcome}>
        <StateSwatch state={outcome} /> {STATE_LOOKS[outcome].word}
      </li>
    ))}
  </ul>
)
