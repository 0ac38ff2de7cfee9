import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue, Stats } from '../../../shared/domain/queue.ts'
import { NotTold, useIsCountTold, useUntold } from '../../app/use-untold.tsx'
import { Panel } from '../../ui/panel.tsx'
import { figuresOfQueue } from './figures-of-queue.ts'
import styles from './queues.module.css'

interface QueueFiguresProps {
  readonly queue: Queue
  /** Undefined while they are not known yet, null when the broker has none. */
  readonly stats: Stats | undefined | null
  readonly now: EpochMs
}

/** How one queue is doing, in six figures. */
export function QueueFigures({ queue, stats, now }: QueueFiguresProps) {
  const untold = useUntold('queue')
  const isCountTold = useIsCountTold()
  return (
    <Panel>
      <dl className={styles.figures}>
        {figuresOfQueue(queue, { stats, now, untold, isCountTold }).map(({ label, value, note }) => (
          <div key={label} className={styles.figure}>
            <dt>{label}</dt>
            <dd>{value ?? <NotTold />}</dd>
            <dd className={styles.note}>{note ?? <NotTold />}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
