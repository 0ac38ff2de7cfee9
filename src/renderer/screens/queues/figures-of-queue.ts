import type { Untold } from '../../../shared/domain/capabilities.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue, Stats } from '../../../shared/domain/queue.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import { finishedOf } from '../../charts/rate-series.ts'
import { countOf, formatCount, formatPercent, formatRate } from '../../ui/format/count.ts'
import { hasLongWait, waitedText } from './queue-words.ts'

/** A figure and the quiet words under it; null where the broker does not tell it. */
export interface QueueFigure {
  readonly label: string
  readonly value: string | null
  readonly note: string | null
}

interface FiguresOptions {
  /** Undefined while they are not known yet, null when the broker has none. */
  readonly stats: Stats | undefined | null
  readonly now: EpochMs
  /** What the broker does not tell of a queue. */
  readonly untold: Untold['queue']
  /** Whether it tells how many tasks are in a state. */
  readonly isCountTold: (state: TaskState) => boolean
}

/** How one queue is doing, in six figures. */
export function figuresOfQueue(queue: Queue, options: FiguresOptions): readonly QueueFigure[] {
  const { stats, now, untold, isCountTold } = options
  const { counts, consumers, submittedPerSecond, throughputPerSecond, deadLetters } = queue
  const told = (field: keyof Queue, text: string) => (untold.includes(field) ? null : text)
  const count = (state: TaskState) => (isCountTold(state) ? formatCount(counts[state]) : null)
  const later = (['scheduled', 'retrying'] as const)
    .filter(isCountTold)
    .map((state) => `${formatCount(counts[state])} ${state}`)
  return [
    { label: 'Pending', value: count('pending'), note: later.length === 0 ? null : later.join(', ') },
    {
      label: 'Running',
      value: count('running'),
      note: told('consumers', consumers === 0 ? 'no workers' : `of ${countOf(consumers, 'slot')}`),
    },
    {
      label: 'Oldest waits',
      value: told('oldestPendingAt', waitedText(queue, now)),
      note: hasLongWait(queue, now) ? 'for more than a minute' : 'counted from when it was due',
    },
    {
      label: 'Out per second',
      value: told('throughputPerSecond', formatRate(throughputPerSecond)),
      note: told('submittedPerSecond', `${formatRate(submittedPerSecond)} in, last minute`),
    },
    { label: 'Succeeded', ...successOf(stats) },
    {
      label: 'Dead letters',
      value: told('deadLetters', formatCount(deadLetters)),
      note: 'nobody has dealt with',
    },
  ]
}

function successOf(stats: Stats | undefined | null): Pick<QueueFigure, 'value' | 'note'> {
  if (stats === null) return { value: null, note: null }
  const buckets = stats?.buckets ?? []
  const finished = buckets.reduce((sum, bucket) => sum + finishedOf(bucket), 0)
  const succeeded = buckets.reduce((sum, bucket) => sum + bucket.succeeded, 0)
  return {
    value: finished === 0 ? '–' : formatPercent(succeeded / finished),
    note: `of ${formatCount(finished)} in this period`,
  }
}
