import { useQuery } from '@tanstack/react-query'
import { Waypoints } from 'lucide-react'
import type { Task } from '../../../../shared/domain/task.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { describeFailure } from '../../../app/failure.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { shortId } from '../../../ui/format/instant.ts'
import { StatePill } from '../../../ui/state/state-pill.tsx'
import { WhenText } from '../list/when-text.tsx'
import { Part } from './part.tsx'
import styles from './related-tab.module.css'
import { useRelated } from './use-related.ts'

interface RelatedTabProps {
  readonly task: Task
  readonly onOpen: (id: string) => void
}

/** The tasks this one came from, and those that came from it. */
export function RelatedTab({ task, onOpen }: RelatedTabProps) {
  const { replays, subtasks } = useRelated(task.id)
  const groups = [
    {
      title: 'Runs again',
      note: 'the task this one repeats',
      ids: task.replayOf === null ? [] : [task.replayOf],
    },
    {
      title: 'Parent',
      note: 'the task that submitted this one',
      ids: task.parentId === null ? [] : [task.parentId],
    },
    { title: 'Run again as', note: 'newest first', ids: replays },
    { title: 'Subtasks', note: 'what it submitted, oldest first', ids: subtasks },
  ].filter(({ ids }) => ids.length > 0)
  if (groups.length === 0) {
    return (
      <EmptyState icon={Waypoints} title="It stands alone">
        When this task is run again, or submits others, they are linked here.
      </EmptyState>
    )
  }
  return groups.map(({ title, note, ids }) => (
    <Part key={title} title={title} note={note}>
      <ul className={styles.tasks}>
        {ids.map((id) => (
          <RelatedTask key={id} id={id} onOpen={onOpen} />
        ))}
      </ul>
    </Part>
  ))
}

/** How many related tasks are known from the task itself. */
export function relatedCount({ replayOf, parentId }: Pick<Task, 'replayOf' | 'parentId'>): number {
  return (replayOf === null ? 0 : 1) + (parentId === null ? 0 : 1)
}

function RelatedTask({ id, onOpen }: { readonly id: string; readonly onOpen: (id: string) => void }) {
  const { queries } = useBroker()
  const { data: task, error } = useQuery(
    queries.tasks.get.queryOptions({ input: { id }, refetchInterval: 2000 }),
  )
  if (task === undefined) {
    const failure = error === null ? null : describeFailure(error)
    return (
      <li className={styles.missing}>
        <span className="mono">{shortId(id)}</span>
        {failure === null ? '' : failure.code === 'TASK_NOT_FOUND' ? 'has been deleted' : failure.message}
      </li>
    )
  }
  return (
    <li>
      <button type="button" className={styles.task} onClick={() => onOpen(id)}>
        <StatePill state={task.state} />
        <span className={styles.name}>{task.name}</span>
        <span className={`mono ${styles.id}`}>{shortId(id)}</span>
        <span className={styles.when}>
          <WhenText task={task} />
        </span>
      </button>
    </li>
  )
}
