import type { CSSProperties } from 'react'
import { isFinal } from '../../../../shared/domain/state.ts'
import { useLacking } from '../../../app/use-lacking.ts'
import { formatDuration } from '../../../ui/format/duration.ts'
import { useNow } from '../../../ui/now.ts'
import { Panel } from '../../../ui/panel.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import chart from '../drawer/attempt-timeline.module.css'
import { TimelineBars, TimelineGrid, TimelineLegend } from '../drawer/attempt-timeline.tsx'
import { layOutTimeline, type TimelineRow } from '../drawer/timeline-geometry.ts'
import { letterOf } from './compare-search.ts'
import { layOutTogether, totalsOf, type Alignment } from './compare-timing.ts'
import styles from './compare.module.css'
import type { Run } from './use-runs.ts'

interface CompareTimelineProps {
  readonly runs: readonly Run[]
  readonly alignment: Alignment
  readonly onAlign: (alignment: Alignment) => void
}

const ALIGNMENTS = [
  { value: 'start', label: 'From each start' },
  { value: 'clock', label: 'By the clock' },
] as const

/** Names and words around the bars are longer than in the panel of one task. */
const ROOM_FOR_WORDS = { '--number': '3rem', '--words': '9rem' } as CSSProperties

/** The attempts of all runs as bars to scale, on one axis. */
export function CompareTimeline({ runs, alignment, onAlign }: CompareTimelineProps) {
  const now = useNow()
  const lacking = useLacking('attempts')
  if (lacking !== null)
    return (
      <Panel title="Timing">
        <p className={styles.nothing}>{lacking}</p>
      </Panel>
    )
  const timelines = runs.map(({ task, attempts }) =>
    layOutTimeline(task, attempts ?? [], isFinal(task.state) ? task.updatedAt : now),
  )
  const shared = layOutTogether(timelines, alignment)
  return (
    <Panel
      title="Timing"
      note={`${formatDuration(shared.totalMs)} in all`}
      aside={
        <>
          <TimelineLegend rows={shared.runs.flat()} />
          <Segmented label="Axis" choices={ALIGNMENTS} value={alignment} onChange={onAlign} />
        </>
      }
    >
      <div className={styles.timing}>
        <div
          className={chart.chart}
          style={ROOM_FOR_WORDS}
          role="list"
          aria-label="Attempts of all runs on one axis"
        >
          <TimelineGrid ticks={shared.ticks} />
          {shared.runs.flatMap((rows, index) =>
            rows.map((row) => (
              <TimelineBars
                key={`${index}.${row.attempt}`}
                row={row}
                name={`${letterOf(index)} · ${row.attempt}`}
              />
            )),
          )}
        </div>
        <ul className={styles.totals}>
          {shared.runs.map((rows, index) => (
            <li key={index}>
              <b>{letterOf(index)}</b> {totalWords(rows)}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}

function totalWords(rows: readonly TimelineRow[]): string {
  const { waitMs, runMs } = totalsOf(rows)
  return `waited ${formatDuration(waitMs)}, ran ${formatDuration(runMs)}`
}
