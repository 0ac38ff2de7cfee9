import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { IconButton } from '../../ui/button.tsx'
import type { Column } from '../../ui/data-table/column.ts'
import { TwoLines } from '../../ui/data-table/two-lines.tsx'
import { formatCount } from '../../ui/format/count.ts'
import { formatAge } from '../../ui/format/duration.ts'
import { SlotBlocks } from './slot-blocks.tsx'
import { WorkerPill } from './worker-pill.tsx'
import { isSilent, nameOf, placeText, runningText } from './worker-words.ts'
import styles from './workers.module.css'

interface WorkerColumnsOptions {
  readonly now: EpochMs
  readonly openId: string | undefined
  readonly onUnfold: (worker: Worker) => void
  readonly renderButtons: (worker: Worker) => ReactNode
}

const SHOWN_QUEUES = 2

/** What each column tells. */
export const WORKER_FIELDS: Readonly<Record<string, keyof Worker>> = {
  status: 'status',
  queues: 'queues',
  slots: 'concurrency',
  running: 'running',
  done: 'succeeded',
  failed: 'failed',
  heartbeat: 'lastHeartbeatAt',
}

export function workerColumns(options: WorkerColumnsOptions): readonly Column<Worker>[] {
  const { now, openId, onUnfold, renderButtons } = options
  return [
    {
      id: 'fold',
      header: '',
      label: 'Running tasks',
      width: '3.25rem',
      cell: (worker) => (
        <IconButton
          size="small"
          icon={openId === worker.id ? ChevronDown : ChevronRight}
          label={`What ${nameOf(worker)} runs`}
          aria-expanded={openId === worker.id}
          onClick={() => onUnfold(worker)}
        />
      ),
    },
    { id: 'status', header: 'Status', width: '6.5rem', cell: ({ status }) => <WorkerPill status={status} /> },
    {
      id: 'name',
      header: 'Worker',
      cell: (worker) => (
        <TwoLines note={placeText(worker)}>
          <span title={worker.id}>{nameOf(worker)}</span>
        </TwoLines>
      ),
    },
    {
      id: 'queues',
      header: 'Queues',
      width: '10rem',
      leavesAt: 'medium',
      cell: ({ queues }) => <QueueTags queues={queues} />,
    },
    { id: 'slots', header: 'Slots', width: '12rem', cell: (worker) => <SlotBlocks worker={worker} /> },
    {
      id: 'running',
      header: 'Running now',
      leavesAt: 'medium',
      cell: (worker) => (
        <span className={worker.running.length === 0 ? styles.quiet : undefined} title={runningText(worker)}>
          {runningText(worker)}
        </span>
      ),
    },
    {
      id: 'done',
      header: 'Done',
      width: '5rem',
      isNumeric: true,
      leavesAt: 'narrow',
      cell: ({ succeeded }) => formatCount(succeeded),
    },
    {
      id: 'failed',
      header: 'Failed',
      width: '4.5rem',
      isNumeric: true,
      leavesAt: 'narrow',
      cell: ({ failed }) => (
        <span className={failed === 0 ? styles.quiet : styles.strong}>{formatCount(failed)}</span>
      ),
    },
    {
      id: 'heartbeat',
      header: 'Heartbeat',
      width: '5.5rem',
      isNumeric: true,
      cell: (worker) => (
        <span className={isSilent(worker, now) ? styles.silent : styles.quiet}>
          {worker.kind === 'local' && worker.status !== 'offline'
            ? 'here'
            : formatAge(now - worker.lastHeartbeatAt)}
        </span>
      ),
    },
    {
      id: 'actions',
      header: '',
      label: 'Actions',
      width: '5.5rem',
      isNumeric: true,
      cell: (worker) => renderButtons(worker),
    },
  ]
}

function QueueTags({ queues }: { readonly queues: readonly string[] | null }) {
  if (queues === null) return <span className={styles.quiet}>every queue</span>
  return (
    <span className={styles.tags} title={queues.join(', ')}>
      {queues.slice(0, SHOWN_QUEUES).map((queue) => (
        <span key={queue} className={styles.tag}>
          {queue}
        </span>
      ))}
      {queues.length > SHOWN_QUEUES && <span className={styles.quiet}>+{queues.length - SHOWN_QUEUES}</span>}
    </span>
  )
}
