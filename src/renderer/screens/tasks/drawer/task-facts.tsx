import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { useUntold } from '../../../app/use-untold.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { shortId } from '../../../ui/format/instant.ts'
import { mostAttempts } from '../attempt-count.ts'
import { WhenText } from '../list/when-text.tsx'
import styles from './task-drawer.module.css'

interface TaskFactsProps {
  readonly task: TaskSummary
  readonly isDeleted: boolean
}

/** The line under a task's name: which one, where, how often, when. */
export function TaskFacts({ task, isDeleted }: TaskFactsProps) {
  const { id, queue, attempt, priority, workerId } = task
  const untold = useUntold('task')
  return (
    <div className={styles.facts}>
      <span className={styles.id}>
        <span className="mono" title={id}>
          {shortId(id)}
        </span>
        <CopyButton text={id} what="the id" />
      </span>
      {/* In the same line, so that nothing moves under the reader's pointer. */}
      <span role="status" className={isDeleted ? styles.gone : 'visually-hidden'}>
        {isDeleted && 'Deleted. What is shown is as it was last.'}
      </span>
      {!isDeleted && (
        <>
          {!untold.includes('queue') && <span title={`Queue ${queue}`}>{queue}</span>}
          {!untold.includes('attempt') && (
            <span>{attempt === 0 ? 'Not started' : `Attempt ${attempt} of ${mostAttempts(task)}`}</span>
          )}
          {!untold.includes('priority') && <span>Priority {priority}</span>}
          <span>
            <WhenText task={task} isSentence />
            {workerId !== null && ` on ${workerId}`}
          </span>
        </>
      )}
    </div>
  )
}
