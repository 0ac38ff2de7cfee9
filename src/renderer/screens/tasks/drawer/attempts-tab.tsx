import { CircleHelp, Hourglass } from 'lucide-react'
import type { Attempt, Task } from '../../../../shared/domain/task.ts'
import { useLacking } from '../../../app/use-lacking.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatExactDuration } from '../../../ui/format/duration.ts'
import { formatClockSeconds, formatInstant } from '../../../ui/format/instant.ts'
import { useMaskText } from '../../../ui/json/secret-reveal.tsx'
import { StatePill } from '../../../ui/state/state-pill.tsx'
import type { ShownState } from '../../../ui/state/task-state.ts'
import { AttemptTimeline } from './attempt-timeline.tsx'
import styles from './attempts-tab.module.css'
import { Part } from './part.tsx'

interface AttemptsTabProps {
  readonly task: Task
  readonly attempts: readonly Attempt[] | undefined
}

/** Every attempt: on a timeline to scale, then with its exact figures. */
export function AttemptsTab({ task, attempts }: AttemptsTabProps) {
  const lacking = useLacking('attempts')
  if (attempts === undefined)
    return lacking === null ? null : <EmptyState icon={CircleHelp} title={lacking} />
  if (attempts.length === 0 && task.state === 'cancelled') {
    return <EmptyState icon={Hourglass} title="It was cancelled before its first attempt" />
  }
  return (
    <>
      <AttemptTimeline task={task} attempts={attempts} />
      {attempts.length > 0 && (
        <Part title="In figures" note="newest first">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">Outcome</th>
                <th scope="col">Due</th>
                <th scope="col" className={styles.number}>
                  Waited
                </th>
                <th scope="col" className={styles.number}>
                  Ran
                </th>
                <th scope="col" className={styles.worker}>
                  Worker
                </th>
              </tr>
            </thead>
            <tbody>
              {attempts.toReversed().map((attempt) => (
                <AttemptRow key={attempt.attempt} attempt={attempt} />
              ))}
            </tbody>
          </table>
        </Part>
      )}
    </>
  )
}

function AttemptRow({ attempt }: { readonly attempt: Attempt }) {
  const { dueAt, claimedAt, startedAt, finishedAt, outcome, workerId, error } = attempt
  const mask = useMaskText()
  return (
    <tr>
      <td>{attempt.attempt}</td>
      <td title={error === null ? undefined : mask(`${error.type}: ${error.message}`)}>
        {outcome === 'lost' ? 'Worker lost' : <StatePill state={outcome satisfies ShownState} />}
      </td>
      <td title={formatInstant(dueAt)}>{formatClockSeconds(dueAt)}</td>
      <td className={styles.number}>{formatExactDuration((startedAt ?? claimedAt) - dueAt)}</td>
      <td className={styles.number}>
        {startedAt === null ? 'never' : formatExactDuration(finishedAt - startedAt)}
      </td>
      <td className={styles.worker} title={workerId ?? undefined}>
        {workerId ?? 'none'}
      </td>
    </tr>
  )
}
