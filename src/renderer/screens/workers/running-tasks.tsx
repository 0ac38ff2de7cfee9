import { Link } from '@tanstack/react-router'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { useUntold } from '../../app/use-untold.tsx'
import { formatDuration } from '../../ui/format/duration.ts'
import { shortId } from '../../ui/format/instant.ts'
import styles from './workers.module.css'

/** What one worker runs, longest first, with how long it has run. */
export function RunningTasks({ worker, now }: { readonly worker: Worker; readonly now: EpochMs }) {
  const { running, meanRunMs } = worker
  const untold = useUntold('worker')
  if (untold.includes('running'))
    return <p className={styles.nothing}>What it runs is not told by this server.</p>
  if (running.length === 0) return <p className={styles.nothing}>It runs nothing right now.</p>
  const longestFirst = running.toSorted((one, other) => one.startedAt - other.startedAt)
  return (
    <ul className={styles.running}>
      {longestFirst.map(({ taskId, name, queue, startedAt }) => {
        const elapsedMs = Math.max(0, now - startedAt)
        return (
          <li key={taskId} className={styles.runningTask}>
            <span className={styles.block} data-slot="busy" aria-hidden />
            <Link to="/tasks" search={{ task: taskId }} className={styles.runningName} title={name}>
              {name}
            </Link>
            <span className="mono">{shortId(taskId)}</span>
            <span className={styles.quiet}>{queue}</span>
            <span className={meanRunMs !== null && elapsedMs > 3 * meanRunMs ? styles.long : styles.quiet}>
              {formatDuration(elapsedMs)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
