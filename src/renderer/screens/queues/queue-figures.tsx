import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue, Stats } from '../../../shared/domain/queue.ts'
import { finishedOf } from '../../charts/rate-series.ts'
import { countOf, formatCount, formatPercent, formatRate } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import { hasLongWait, waitedText } from './queue-words.ts'
import styles from './queues.module.css'

interface QueueFiguresProps {
  readonly queue: Queue
  readonly stats: Stats | undefined
  readonly now: EpochMs
}

/** How one queue is doing, in six figures. */
export function QueueFigures({ queue, stats, now }: QueueFiguresProps) {
  const { counts, consumers, submittedPerSecond, throughputPerSecond, deadLetters } = queue
  const buckets = stats?.buckets ?? []
  const finished = buckets.reduce((sum, bucket) => sum + finishedOf(bucket), 0)
  const succeeded = buckets.reduce((sum, bucket) => sum + bucket.succeeded, 0)
  const figures = [
    {
      label: 'Pending',
      value: formatCount(counts.pending),
      note: `${formatCount(counts.scheduled)} scheduled, ${formatCount(counts.retrying)} retrying`,
    },
    {
      label: 'Running',
      value: formatCount(counts.running),
      note: consumers === 0 ? 'no workers' : `of ${countOf(consumers, 'slot')}`,
    },
    {
      label: 'Oldest waits',
      value: waitedText(queue, now),
      note: hasLongWait(queue, now) ? 'for more than a minute' : 'counted from when it was due',
    },
    {
      label: 'Out per second',
      value: formatRate(throughputPerSecond),
      note: `${formatRate(submittedPerSecond)} in, last minute`,
    },
    {
      label: 'Succeeded',
      value: finished === 0 ? '–' : formatPercent(succeeded / finished),
      note: `of ${formatCount(finished)} in this period`,
    },
    { label: 'Dead letters', value: formatCount(deadLetters), note: 'nobody has dealt with' },
  ]
  return (
    <Panel>
      <dl className={styles.figures}>
        {figures.map(({ label, value, note }) => (
          <div key={label} className={styles.figure}>
            <dt>{label}</dt>
            <dd>{value}</dd>
            <dd className={styles.note}>{note}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
