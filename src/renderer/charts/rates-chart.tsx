import type { ReactNode } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from 'recharts'
import { classNames } from '../ui/class-names.ts'
import { formatRate } from '../ui/format/count.ts'
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
import { ChartCard } from './chart-card.tsx'
import { endDot } from './marks.tsx'
import type { RatePoint } from './rate-series.ts'
import type { ThroughputFrame } from './throughput-rows.ts'

const LINE = { type: 'linear', strokeWidth: 1.5, isAnimationActive: false } as const

const LINES = [
  { key: 'submitted', colour: 'var(--state-pending)' },
  { key: 'succeeded', colour: 'var(--state-succeeded)' },
] as const

interface RatesChartProps {
  readonly frame: ThroughputFrame
  readonly syncId: string
  readonly hasTimeAxis: boolean
}

/** Submitted and succeeded per second, as lines. */
export function RatesChart({
  frame: { rows, period, from, to, times },
  syncId,
  hasTimeAxis,
}: RatesChartProps) {
  const ticks = valueTicks(
    Math.max(0, ...rows.map(({ submitted, succeeded }) => Math.max(submitted, succeeded))),
  )
  return (
    <ComposedChart
      responsive
      className={classNames(styles.rates)}
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
        tick={hasTimeAxis ? AXIS_TICK : false}
        tickFormatter={(at: number) => formatTimeTick(at, period)}
        tickLine={false}
        height={hasTimeAxis ? 20 : 1}
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
      <Tooltip
        isAnimationActive={false}
        cursor={HOVER_LINE}
        // Below the lines, beside the hover line.
        position={{ y: 64 }}
        allowEscapeViewBox={{ y: true }}
        content={renderCard}
      />
      <Area
        dataKey="succeededWhole"
        type="linear"
        stroke="none"
        fill="var(--state-succeeded)"
        fillOpacity={0.07}
        isAnimationActive={false}
        activeDot={false}
      />
      {LINES.map(({ key, colour }) => [
        <Line
          key={key}
          {...LINE}
          dataKey={`${key}Whole`}
          stroke={colour}
          dot={false}
          activeDot={{ r: 3, fill: 'var(--color-panel)', stroke: colour, strokeWidth: 1.5 }}
        />,
        <Line
          key={`${key}-partial`}
          {...LINE}
          dataKey={`${key}Partial`}
          stroke={colour}
          strokeDasharray="3 3"
          dot={endDot(colour, rows.length - 1)}
          activeDot={false}
        />,
      ])}
    </ComposedChart>
  )
}

function renderCard({ active, payload }: TooltipContentProps): ReactNode {
  // Recharts hands back the row it was given, untyped.
  const point = payload[0]?.payload as RatePoint | undefined
  if (!active || point === undefined) return null
  return (
    <ChartCard
      from={point.at}
      until={point.until}
      rows={[
        { hue: 'pending', label: 'Submitted', value: `${formatRate(point.submitted)}/s` },
        { hue: 'succeeded', label: 'Succeeded', value: `${formatRate(point.succeeded)}/s` },
        { hue: 'failed', label: 'Failed', value: `${formatRate(point.failed)}/s` },
      ]}
    />
  )
}
