import { useMemo, type ReactNode } from 'react'
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Tooltip,
  XAxis,
  YAxis,
  type BarShapeProps,
  type TooltipContentProps,
} from 'recharts'
import type { Stats } from '../../shared/domain/queue.ts'
import { classNames } from '../ui/class-names.ts'
import { formatCount, formatShortCount } from '../ui/format/count.ts'
import { STATE_LOOKS } from '../ui/state/task-state.ts'
import { AXIS_TICK, CHART_MARGIN, formatTimeTick, HOVER_LINE, utcOffsetMs } from './axis-style.ts'
import { timeTicks, valueTicks } from './axis-ticks.ts'
import { ChartCard } from './chart-card.tsx'
import styles from './chart.module.css'
import { OUTCOMES, outcomeSeries, outcomesOf, type OutcomePoint } from './outcome-series.ts'

const AXIS_WIDTH = 48

interface OutcomesChartProps {
  readonly stats: Stats
  readonly syncId: string
}

/** How tasks ended, as one stacked bar a step; outlined while the step is in progress. */
export function OutcomesChart({ stats, syncId }: OutcomesChartProps) {
  const points = useMemo(() => outcomeSeries(stats), [stats])
  const ticks = valueTicks(Math.max(0, ...points.map(outcomesOf))).filter(Number.isInteger)
  const from = points[0]?.at ?? 0
  const to = points.at(-1)?.at ?? 1
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
          padding={{ left: 8, right: 8 }}
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
          tickFormatter={formatShortCount}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip isAnimationActive={false} cursor={HOVER_LINE} content={renderCard} />
        {OUTCOMES.map((outcome) => (
          <Bar
            key={outcome}
            dataKey={outcome}
            stackId="outcomes"
            barSize={Math.max(3, Math.min(14, Math.floor(300 / Math.max(1, points.length))))}
            isAnimationActive={false}
            shape={OUTCOME_SHAPES[outcome]}
          />
        ))}
      </ComposedChart>
    </div>
  )
}

/** A part of a bar in the hue of its state; a dashed outline while its step is in progress. */
function drawPart(hue: string) {
  return function OutcomePart(props: BarShapeProps) {
    const { x, y, width, height } = props
    // Recharts spreads the row over the shape's properties, untyped.
    const isInProgress = (props as unknown as { readonly isInProgress?: boolean }).isInProgress === true
    if (!(height > 0)) return <g />
    return isInProgress ? (
      <rect
        x={x + 0.5}
        y={y + 0.5}
        width={Math.max(1, width - 1)}
        height={Math.max(1, height - 0.5)}
        fill="none"
        stroke={hue}
        strokeDasharray="2 2"
      />
    ) : (
      <rect x={x} y={y} width={width} height={height} fill={hue} />
    )
  }
}

const OUTCOME_SHAPES = {
  succeeded: drawPart('var(--state-succeeded)'),
  cancelled: drawPart('var(--state-cancelled)'),
  timed_out: drawPart('var(--state-timed-out)'),
  failed: drawPart('var(--state-failed)'),
} as const

function renderCard({ active, payload }: TooltipContentProps): ReactNode {
  // Recharts hands back the row it was given, untyped.
  const point = payload[0]?.payload as OutcomePoint | undefined
  if (!active || point === undefined) return null
  return (
    <ChartCard
      from={point.at}
      until={point.until}
      rows={OUTCOMES.toReversed().map((outcome) => ({
        hue: outcome,
        label: STATE_LOOKS[outcome].word,
        value: formatCount(point[outcome]),
      }))}
    />
  )
}
