import { useMemo, type ReactNode } from 'react'
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
import type { Stats, StatsBucket } from '../../shared/domain/queue.ts'
import { classNames } from '../ui/class-names.ts'
import { AXIS_TICK, CHART_MARGIN, formatTimeTick, HOVER_LINE, utcOffsetMs } from './axis-style.ts'
import { timeTicks } from './axis-ticks.ts'
import { ChartCard } from './chart-card.tsx'
import styles from './chart.module.css'
import { gaugeSeries, type GaugePoint } from './gauge-series.ts'
import { endDot } from './marks.tsx'

/** Room for `500 ms` and `1,000`. */
const AXIS_WIDTH = 48
const LINE = { type: 'linear', strokeWidth: 1.5, isAnimationActive: false } as const

interface GaugeChartProps {
  readonly stats: Stats
  readonly valueOf: (bucket: StatsBucket) => number
  /** What the value is, in the hover card. */
  readonly label: string
  readonly colour: string
  readonly ticksFor: (max: number) => readonly number[]
  readonly formatTick: (value: number) => string
  readonly format: (value: number) => string
  readonly syncId: string
}

/** One measured figure as a line over its fill. */
export function GaugeChart(props: GaugeChartProps) {
  const { stats, valueOf, label, colour, ticksFor, formatTick, format, syncId } = props
  const points = useMemo(() => gaugeSeries(stats, valueOf), [stats, valueOf])
  const ticks = ticksFor(Math.max(0, ...points.map(({ value }) => value)))
  const from = points[0]?.at ?? 0
  const to = points.at(-1)?.at ?? 1
  const renderCard = ({ active, payload }: TooltipContentProps): ReactNode => {
    // Recharts hands back the row it was given, untyped.
    const point = payload[0]?.payload as GaugePoint | undefined
    if (!active || point === undefined) return null
    return (
      <ChartCard
        from={point.at}
        until={point.until}
        rows={[{ hue: null, label, value: format(point.value) }]}
      />
    )
  }
  return (
    <div className={styles.stack}>
      <ComposedChart
        responsive
        className={classNames(styles.rates)}
        data={points}
        margin={CHART_MARGIN}
        syncId={syncId}
        syncMethod="value"
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={[from, to]}
          ticks={[...timeTicks(from, to, 5, utcOffsetMs(to))]}
          interval={0}
          tick={AXIS_TICK}
          tickFormatter={(at: number) => formatTimeTick(at, stats.period)}
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
          tickFormatter={formatTick}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip isAnimationActive={false} cursor={HOVER_LINE} content={renderCard} />
        <Area
          dataKey="whole"
          type="linear"
          stroke="none"
          fill={colour}
          fillOpacity={0.07}
          isAnimationActive={false}
          activeDot={false}
        />
        <Line
          {...LINE}
          dataKey="whole"
          stroke={colour}
          dot={false}
          activeDot={{ r: 3, fill: 'var(--color-panel)', stroke: colour, strokeWidth: 1.5 }}
        />
        <Line
          {...LINE}
          dataKey="partial"
          stroke={colour}
          strokeDasharray="3 3"
          dot={endDot(colour, points.length - 1)}
          activeDot={false}
        />
      </ComposedChart>
    </div>
  )
}
