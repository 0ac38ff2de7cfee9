import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Cpu, Layers, LogOut, Pause, Play, Trash2 } from 'lucide-react'
import type { Queue } from '../../../shared/domain/queue.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { countPurged } from '../../screens/queues/purge-dialog.tsx'
import { useQueueActions } from '../../screens/queues/use-queue-actions.ts'
import { useWorkerActions } from '../../screens/workers/use-worker-actions.ts'
import { nameOf, takesTasks } from '../../screens/workers/worker-words.ts'
import { countOf } from '../../ui/format/count.ts'
import { showToast } from '../../ui/toast/toast-store.ts'
import { useBroker } from '../broker-connection.tsx'
import { overlay } from '../overlay-store.ts'
import { useLacking } from '../use-lacking.ts'
import type { IconEntry } from './palette-entries.ts'

/** Queues and workers to steer by name: opened, paused, resumed, purged, drained. */
export function useSteeringEntries(): readonly IconEntry[] {
  const { queries } = useBroker()
  const { data: queues = [] } = useQuery(queries.queues.list.queryOptions())
  const { data: workers = [] } = useQuery(queries.workers.list.queryOptions())
  const ofQueue = useQueueEntries()
  const ofWorker = useWorkerEntries()
  return [...queues.flatMap(ofQueue), ...workers.flatMap(ofWorker)]
}

function useQueueEntries(): (queue: Queue) => readonly IconEntry[] {
  const navigate = useNavigate()
  const actions = useQueueActions()
  const lacking = useLacking('pauseQueues')
  return (queue) => {
    const { name, isPaused } = queue
    const count = countPurged(queue)
    const entry = { group: 'Queues', keywords: `queue ${name}` }
    return [
      {
        ...entry,
        id: `queue:open:${name}`,
        title: `Open ${name}`,
        note: isPaused ? 'queue, paused' : 'queue',
        icon: Layers,
        run: () => void navigate({ to: '/queues/$queue', params: { queue: name } }),
      },
      {
        ...entry,
        id: `queue:pause:${name}`,
        title: isPaused ? `Resume ${name}` : `Pause ${name}`,
        note: lacking ?? 'queue',
        icon: isPaused ? Play : Pause,
        run: unless(lacking, () => actions.setPaused(queue, !isPaused)),
      },
      {
        ...entry,
        id: `queue:purge:${name}`,
        title: `Purge ${name}…`,
        note: count === 0 ? 'queue, nothing waits' : `queue, ${countOf(count, 'task')} waiting`,
        icon: Trash2,
        run: unless(count === 0 ? `Nothing waits in ${name}.` : null, () => overlay.openPurge(queue)),
      },
    ]
  }
}

function useWorkerEntries(): (worker: Worker) => readonly IconEntry[] {
  const navigate = useNavigate()
  const actions = useWorkerActions()
  const lacksPause = useLacking('pauseWorkers')
  const lacksDrain = useLacking('changeWorkers')
  return (worker) => {
    const name = nameOf(worker)
    const { id, status } = worker
    const isPaused = status === 'paused' || status === 'draining'
    const offline = status === 'offline' ? `${name} is offline.` : null
    const idle = takesTasks(status) ? null : `${name} takes no tasks now.`
    const entry = { group: 'Workers', keywords: `worker ${name} ${id}` }
    return [
      {
        ...entry,
        id: `worker:open:${id}`,
        title: `Show ${name}`,
        note: `worker, ${status}`,
        icon: Cpu,
        run: () => void navigate({ to: '/workers', search: { text: id } }),
      },
      {
        ...entry,
        id: `worker:pause:${id}`,
        title: isPaused ? `Resume ${name}` : `Pause ${name}`,
        note: lacksPause ?? `worker, ${status}`,
        icon: isPaused ? Play : Pause,
        run: unless(lacksPause ?? offline, () => actions.setPaused(worker, !isPaused)),
      },
      {
        ...entry,
        id: `worker:drain:${id}`,
        title: `Drain ${name}`,
        note: lacksDrain ?? 'worker, finishes what it runs',
        icon: LogOut,
        run: unless(lacksDrain ?? offline ?? idle, () => actions.drain(worker)),
      },
    ]
  }
}

/** Says why it cannot be done, where it cannot. */
function unless(reason: string | null, run: () => void): () => void {
  return reason === null ? run : () => showToast({ tone: 'plain', message: reason })
}
