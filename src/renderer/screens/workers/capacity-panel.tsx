import type { Queue } from '../../../shared/domain/queue.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { NotTold, useUntold } from '../../app/use-untold.tsx'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { describeQueue, isStalled, rankQueues } from '../overview/busiest-queues.ts'
import { takesTasks } from './worker-words.ts'
import styles from './workers.module.css'

const SHOWN_QUEUES = 4

interface CapacityPanelProps {
  readonly workers: readonly Worker[]
  readonly queues: readonly Queue[]
}

/** Whether the workers can keep up: slots in use, over all and in the busiest queues. */
export function CapacityPanel({ workers, queues }: CapacityPanelProps) {
  const untold = useUntold('worker')
  const untoldOfQueues = useUntold('queue')
  const areSlotsTold = !untold.includes('running') && !untold.includes('concurrency')
  const areConsumersTold = !untoldOfQueues.includes('consumers')
  const online = workers.filter(({ status }) => status !== 'offline')
  const busy = online.reduce((sum, { running }) => sum + running.length, 0)
  const slots = online.reduce((sum, { concurrency }) => sum + concurrency, 0)
  const taking = workers.filter(({ status }) => takesTasks(status)).length
  return (
    <Panel>
      <div className={styles.capacity}>
        <div className={styles.total}>
          <p className={styles.label}>Slots in use</p>
          <p className={styles.value}>
            {areSlotsTold ? (
              <>
                {formatCount(busy)} <span>of {formatCount(slots)}</span>
              </>
            ) : (
              <NotTold />
            )}
          </p>
          <p className={styles.small}>{countOf(taking, 'worker')} taking tasks</p>
        </div>
        {rankQueues(queues, SHOWN_QUEUES).map((queue) => {
          const { name, counts, consumers } = queue
          return (
            <div key={name} className={styles.queue}>
              <p className={styles.queueHead}>
                <b title={name}>{name}</b>
                <span>{formatCount(counts.pending)} pending</span>
              </p>
              <ProgressBar
                label={`Slots that ${name} uses`}
                fraction={consumers === 0 ? 0 : counts.running / consumers}
              />
              <p className={styles.queueFoot}>
                <span className={isStalled(queue, untoldOfQueues) ? styles.silent : undefined}>
                  {describeQueue(queue, untoldOfQueues) ?? <NotTold />}
                </span>
                <span>
                  {formatCount(counts.running)} / {areConsumersTold ? formatCount(consumers) : <NotTold />}
                </span>
              </p>
            </div>
          )
        })}
      </div>
    </Panel>
  )
}
