import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChartSpline, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Queue } from '../../../../shared/domain/queue.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { clearSampleLoad, runSampleLoad } from '../../../app/sample-load.ts'
import { Button } from '../../../ui/button.tsx'
import { formatCount } from '../../../ui/format/count.ts'
import { ProgressBar } from '../../../ui/progress-bar.tsx'
import styles from './sample-load-panel.module.css'

/** The queue that the sample load fills. */
const SAMPLE_QUEUE = 'sample'

interface SampleLoadPanelProps {
  readonly queues: readonly Queue[]
  /** Offers to run it; otherwise the panel shows only while there is something to remove. */
  readonly isOffered: boolean
}

/** Runs the sample load, shows how far it is, and takes it away again. */
export function SampleLoadPanel({ queues, isOffered }: SampleLoadPanelProps) {
  const { client, queries, connection } = useBroker()
  const queryClient = useQueryClient()
  const [isBusy, setIsBusy] = useState(false)
  const { data: sample } = useQuery(
    queries.sample.status.queryOptions({
      enabled: connection === null,
      refetchInterval: ({ state }) => (state.data?.isRunning === true ? 1000 : false),
    }),
  )
  const sampleQueue = queues.find(({ name }) => name === SAMPLE_QUEUE)
  const kept =
    sampleQueue === undefined ? 0 : Object.values(sampleQueue.counts).reduce((sum, count) => sum + count, 0)
  const isRunning = sample?.isRunning === true
  const hasSample = isRunning || kept > 0
  if (connection !== null || (!isOffered && !hasSample)) return null

  const act = (action: typeof runSampleLoad) => {
    if (isBusy) return
    setIsBusy(true)
    void action(client, queryClient).finally(() => setIsBusy(false))
  }
  return (
    <section className={styles.panel} aria-label="Sample load">
      <ChartSpline size={16} strokeWidth={1.5} className={styles.icon} aria-hidden />
      <div className={styles.text}>
        <p className={styles.title}>{hasSample ? 'Sample load' : 'Only looking?'}</p>
        <p className={styles.note}>{noteOf(sample, isRunning, kept)}</p>
      </div>
      {isRunning && (
        <div className={styles.progress}>
          <ProgressBar label="Sample tasks sent" fraction={sample.submitted / Math.max(1, sample.tasks)} />
        </div>
      )}
      {hasSample ? (
        <Button icon={Trash2} isBusy={isBusy} onClick={() => act(clearSampleLoad)}>
          {isRunning ? 'Stop and remove' : 'Remove it again'}
        </Button>
      ) : (
        <Button icon={Play} isBusy={isBusy} onClick={() => act(runSampleLoad)}>
          Run the sample load
        </Button>
      )}
    </section>
  )
}

interface SampleStatus {
  readonly submitted: number
  readonly tasks: number
}

function noteOf(sample: SampleStatus | undefined, isRunning: boolean, kept: number): string {
  const tasks = sample?.tasks ?? 2000
  if (isRunning && sample !== undefined)
    return `${formatCount(sample.submitted)} of ${formatCount(tasks)} tasks sent`
  if (kept > 0) return `${formatCount(kept)} tasks in the queue ${SAMPLE_QUEUE}`
  return `The sample load sends ${formatCount(tasks)} tasks in one minute to a queue named ${SAMPLE_QUEUE}, with some failures. One click removes it again.`
}
