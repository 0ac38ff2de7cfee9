import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleHelp, CircleX } from 'lucide-react'
import { fingerprintOf } from '../../../../shared/domain/fingerprint.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Attempt, Task, TaskError } from '../../../../shared/domain/task.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { useUntold } from '../../../app/use-untold.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatCount } from '../../../ui/format/count.ts'
import { RevealButton, useReveal } from '../../../ui/json/secret-reveal.tsx'
import { AttemptTimeline } from './attempt-timeline.tsx'
import { TaskInput } from './data-tab.tsx'
import { maskError } from './mask-error.ts'
import styles from './error-tab.module.css'
import { PastErrors } from './past-errors.tsx'
import { TracebackView } from './traceback-view.tsx'

interface ErrorTabProps {
  readonly task: Task
  readonly attempts: readonly Attempt[] | undefined
}

/** Why the task failed: the last error whole, the ones before it on demand, then when and with what input. */
export function ErrorTab({ task, attempts = [] }: ErrorTabProps) {
  const { words, secretWords, isRevealed, toggle } = useReveal(task.id)
  const past = attempts.filter((attempt) => attempt.error !== null && !isTheTasksOwn(attempt, task))
  const untold = useUntold('task')
  if (task.error === null && past.length === 0) {
    if (untold.includes('error')) return <EmptyState icon={CircleHelp} title="Not told by this server" />
    return (
      <EmptyState icon={CircleCheck} title={isFinal(task.state) ? 'No error' : 'No error so far'}>
        When an attempt fails, its error and traceback are here.
      </EmptyState>
    )
  }
  const all = [task.error, ...past.map((attempt) => attempt.error)].map((each) =>
    maskError(each, secretWords),
  )
  const count = all.reduce((sum, each) => sum + each.count, 0)
  const { error } = maskError(task.error, words)
  return (
    <>
      {count > 0 && <RevealButton count={count} isRevealed={isRevealed} onToggle={toggle} />}
      {error !== null && (
        <div className={styles.error}>
          <header className={styles.head}>
            <CircleX size={16} strokeWidth={1.75} className={styles.icon} aria-hidden />
            <h3 className={styles.type}>{error.type}</h3>
            {task.isDeadLetter && task.error !== null && <Similar error={task.error} />}
            <CopyButton text={asText(error)} what="the error" />
          </header>
          <p className={styles.message}>{error.message}</p>
          {error.cause !== null && <p className={styles.cause}>Caused by {error.cause}</p>}
          {error.traceback !== null && <TracebackView traceback={error.traceback} />}
        </div>
      )}
      <AttemptTimeline task={task} attempts={attempts} />
      {past.length > 0 && <PastErrors attempts={past} words={words} isAlone={error === null} />}
      <TaskInput task={task} />
    </>
  )
}

/** The last attempt's error is the task's own, and shown as such. */
function isTheTasksOwn({ attempt, error }: Attempt, task: Task): boolean {
  return task.error !== null && attempt === task.attempt && error?.message === task.error.message
}

/** How many dead letters died of the same, and the way to them. */
function Similar({ error }: { readonly error: TaskError }) {
  const { queries } = useBroker()
  const { data: groups } = useQuery(
    queries.deadLetters.groups.queryOptions({ input: { limit: 100 }, staleTime: 10_000 }),
  )
  const fingerprint = fingerprintOf(error)
  const count = groups?.find((group) => group.fingerprint === fingerprint)?.count ?? 0
  if (count < 2) return null
  return (
    <span className={styles.similar}>
      1 of {formatCount(count)} dead letters like this
      <Link to="/tasks" search={{ dead: true, error: fingerprint }}>
        Show all
      </Link>
    </span>
  )
}

function asText({ type, message, cause, traceback }: TaskError): string {
  return [traceback ?? `${type}: ${message}`, cause === null ? null : `Caused by ${cause}`]
    .filter((part) => part !== null)
    .join('\n')
}
