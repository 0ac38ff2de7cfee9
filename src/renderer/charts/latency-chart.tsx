import { useMemo, useState, type ReactNode } from 'react'
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis, type TooltipContentProps } from 'recharts'
import type { Percentiles, Stats } from '../../shared/domain/queue.ts'
import { classNames } from '../ui/class-names.ts'
import { formatDuration, formatExactDuration } from '../ui/format/duration.ts'
import { durationTicks, timeTicks } from './axis-ticks.ts'
import { AXIS_TICK, formatTimeTick, HOVER_LINE, utcOffsetMs } from './axis-style.ts'
import { ChartCard } from './chart-card.tsx'
import styles from './chart.module.css'
import { endDot, loneDot } from './marks.tsx'
import { latencySeries, splitLine } from './rate-series.ts'
import { spreadLabels } from './spread-labels.ts'

const STRENGTHS = [
  { key: 'p99', colour: 'var(--color-accent)' },
  { key: 'p95', colour: 'var(--color-accent-middle)' },
  { key: 'p50', colour: 'var(--chart-p50)' },
] as const

const MARGIN = { top: 8, right: 6, bottom: 0, left: 0 }
/** Room for `500 ms`. */
const AXIS_WIDTH = 48
const LINE = { strokeWidth: 1.5, isAnimationActive: false, activeDot: false } as const
/** Height of the plot and of one of the labels beside it, in pixels. */
const PLOT_HEIGHT = 80
const LABEL_HEIGHT = 15

interface LatencyChartProps {
  readonly title: string
  readonly stats: Stats
  readonly of: 'waitMs' | 'runMs'
  readonly syncId: string
  readonly hasTimeAxis: boolean
}

/** Three percentiles in one hue, each named and told at the end of its line. */
export function LatencyChart({ title, stats, of, syncId, hasTimeAxis }: LatencyChartProps) {
  const rows = useMemo(() => toRows(stats, of), [stats, of])
  const [isHovered, setIsHovered] = useState(false)
  const first = stats.buckets[0]?.at ?? 0
  const last = stats.buckets.at(-1)?.at ?? 1
  const ticks = durationTicks(Math.max(0, ...rows.map(({ percentiles }) => percentiles?.p99 ?? 0)))
  const top = ticks.at(-1) ?? 1
  const latest = rows.findLast(({ percentiles }) => percentiles !== null)?.percentiles ?? null

  return (
    <figure
      className={styles.latency}
      onPointerEnter={() => setIsHovered(true)}
      onPointerLeave={() => setIsHovered(false)}
    >
      <figcaption className={styles.subtitle}>{title}</figcaption>
      <div className={styles.latencyBody}>
        <LineChart
          responsive
          className={classNames(hasTimeAxis ? styles.latencyPlotWithAxis : styles.latencyPlot)}
          data={rows}
          margin={MARGIN}
          syncId={syncId}
          syncMethod="value"
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[first, last]}
            ticks={[...timeTicks(first, last, 4, utcOffsetMs(last))]}
            interval={0}
            tick={hasTimeAxis ? AXIS_TICK : false}
            tickFormatter={(at: number) => formatTimeTick(at, stats.period)}
            tickLine={false}
            height={hasTimeAxis ? 20 : 1}
            axisLine={{ stroke: 'var(--chart-axis)' }}
          />
          <YAxis
            width={AXIS_WIDTH}
            interval={0}
            domain={[0, top]}
            ticks={[...ticks]}
            tick={AXIS_TICK}
            tickFormatter={formatTick}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={HOVER_LINE}
            position={{ y: PLOT_HEIGHT + 4 }}
            allowEscapeViewBox={{ y: true }}
            wrapperStyle={{ zIndex: 1 }}
            content={isHovered ? renderCard : renderNothing}
          />
          {STRENGTHS.map(({ key, colour }) => [
            <Line
              key={key}
              dataKey={`${key}Whole`}
              type="linear"
              stroke={colour}
              {...LINE}
              dot={loneDot(colour)}
            />,
            <Line
              key={`${key}-partial`}
              dataKey={`${key}Partial`}
              type="linear"
              stroke={colour}
              {...LINE}
              strokeDasharray="3 3"
              dot={endDot(colour, rows.length - 1)}
            />,
          ])}
        </LineChart>
        <LineLabels latest={latest} top={top} />
      </div>
    </figure>
  )
}

/** With a space that does not break: a tick is one line. */
function formatTick(ms: number): string {
  return ms === 0 ? '0' : formatDuration(ms).replace('.0 ', ' ').replaceAll(' ', '\u00a0')
}

/** Names and values beside the ends of the lines, pushed apart where the lines meet. */
function LineLabels({ latest, top }: { readonly latest: Percentiles | null; readonly top: number }) {
  const wanted = STRENGTHS.map(
    ({ key }) => MARGIN.top + (1 - (latest?.[key] ?? 0) / top) * (PLOT_HEIGHT - MARGIN.top),
  )
  const centres = spreadLabels(wanted, LABEL_HEIGHT, LABEL_HEIGHT / 2, PLOT_HEIGHT)
  return (
    <dl className={styles.labels}>
      {STRENGTHS.map(({ key }, index) => (
        <div key={key} className={styles.label} style={{ top: (centres[index] ?? 0) - LABEL_HEIGHT / 2 }}>
          <dt>{key}</dt>
          <dd>{latest === null ? '–' : formatExactDuration(latest[key])}</dd>
        </div>
      ))}
    </dl>
  )
}

interface Row {
  readonly at: number
  readonly until: number
  readonly percentiles: Percentiles | null
  readonly isAlone: boolean
}

function toRows(stats: Stats, of: 'waitMs' | 'runMs'): readonly Row[] {
  const points = latencySeries(stats, of)
  const lines = STRENGTHS.map(({ key }) =>
    splitLine(
      points.map(({ at, isInProgress, percentiles }) => ({
        at,
        isInProgress,
        value: percentiles?.[key] ?? null,
      })),
    ),
  )
  return points.map(({ at, percentiles }, index) => ({
    at,
    until: at + stats.bucketMs,
    percentiles,
    // The three percentiles of a step are known together or not at all.
    isAlone: lines[0]?.[index]?.isAlone ?? false,
    ...Object.fromEntries(
      STRENGTHS.flatMap(({ key }, line): [string, number | null][] => [
        [`${key}Whole`, lines[line]?.[index]?.whole ?? null],
        [`${key}Partial`, lines[line]?.[index]?.partial ?? null],
      ]),
    ),
  }))
}

function renderCard({ active, payload }: TooltipContentProps): ReactNode {
  // Recharts hands back the row it was given, untyped.
  const row = payload[0]?.payload as Row | undefined
  if (!active || row?.percentiles == null) return null
  const { at, until, percentiles } = row
  return (
    <ChartCard
      from={at}
      until={until}
      rows={STRENGTHS.map(({ key }) => ({
        hue: null,
        label: key,
        value: formatExactDuration(percentiles[key]),
      }))}
    />
  )
}

/** The other of the two is hovered: here is only the line. */
function renderNothing(): null {
  return null
}
