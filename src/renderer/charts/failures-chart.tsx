import { Bar, CartesianGrid, ComposedChart, Tooltip, XAxis, YAxis } from 'recharts'
import { classNames } from '../ui/class-names.ts'
import {
  AXIS_TICK,
  AXIS_WIDTH,
  CHART_MARGIN,
  formatRateTick,
  formatTimeTick,
  HOVER_LINE,
} from './axis-style.ts'
import { valueTicks } from './axis-ticks.ts'
import styles from './chart.module.css'
import { FailureBar } from './marks.tsx'
import type { ThroughputFrame } from './throughput-rows.ts'

interface FailuresChartProps {
  readonly frame: ThroughputFrame
  readonly syncId: string
}

/** Failed per second, on an axis of its own: beside the rates it would be a flat line. */
export function FailuresChart({ frame: { rows, period, from, to, times }, syncId }: FailuresChartProps) {
  const ticks = valueTicks(Math.max(0, ...rows.map(({ failed }) => failed)), 1)
  return (
    <ComposedChart
      responsive
      className={classNames(styles.failures)}
      data={rows}
      margin={CHART_MARGIN}
      syncId={syncId}
      syncMethod="value"
    >
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[from, to]}
        ticks={[...times]}
        interval={0}
        tick={AXIS_TICK}
        tickFormatter={(at: number) => formatTimeTick(at, period)}
        tickLine={false}
        height={20}
        axisLine={{ stroke: 'var(--chart-axis)' }}
      />
      <YAxis
        width={AXIS_WIDTH}
        domain={[0, ticks.at(-1) ?? 1]}
        ticks={[...ticks]}
        interval={0}
        tick={AXIS_TICK}
        tickFormatter={formatRateTick}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip isAnimationActive={false} cursor={HOVER_LINE} content={renderNothing} />
      <Bar dataKey="failed" barSize={barWidth(rows.length)} isAnimationActive={false} shape={FailureBar} />
    </ComposedChart>
  )
}

/** Two thirds of a step in a chart of usual width. */
function barWidth(count: number): number {
  return Math.max(2, Math.min(14, Math.floor(400 / Math.max(1, count))))
}

/** The card is the other chart's; here is only the line. */
function renderNothing(): null {
  return null
}
