import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { formatCount } from '../../ui/format/count.ts'
import { useMaskText } from '../../ui/json/secret-reveal.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { TaskId } from '../../ui/task-id.tsx'
import type { DeadSelection, TickedTask } from './dead-selection.ts'
import styles from './dead-letters.module.css'

const PAGE_SIZE = 100

interface GroupTasksProps {
  readonly group: FailureGroup
  readonly queue: string | undefined
  readonly selection: DeadSelection
  readonly onTick: (task: TickedTask, loaded: readonly TickedTask[]) => void
}

/** The tasks of one group, newest first. */
export function GroupTasks({ group, queue, selection, onTick }: GroupTasksProps) {
  const { fingerprint, count } = group
  const mask = useMaskText()
  const { client, id: brokerId } = useBroker()
  const query = useInfiniteQuery({
    // The count is part of it: what was reprocessed leaves the list at once.
    queryKey: [brokerId, 'dead letters of a group', fingerprint, queue, count],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      client.tasks.list({
        isDeadLetter: true,
        errorFingerprint: fingerprint,
        limit: PAGE_SIZE,
        ...(queue !== undefined && { queue }),
        ...(pageParam !== null && { cursor: pageParam }),
      }),
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  })
  const tasks = useMemo(() => query.data?.pages.flatMap((page) => page.tasks) ?? [], [query.data])
  const loaded = tasks.map((task) => ({ id: task.id, queue: task.queue, fingerprint }))
  return (
    <QueryContent query={query} what="tasks of this group">
      {() => (
        <ul className={styles.tasks}>
          {tasks.map((task) => (
            <li key={task.id} className={styles.task}>
              <Checkbox
                label={`Tick ${task.name} ${task.id}`}
                isChecked={selection.groups.has(fingerprint) || selection.tasks.has(task.id)}
                onChange={() => onTick({ id: task.id, queue: task.queue, fingerprint }, loaded)}
              />
              <TaskId id={task.id} />
              <Link to="/tasks" search={{ dead: true, task: task.id }} className={styles.taskName}>
                {task.name}
              </Link>
              <span className={styles.taskError} title={mask(task.error?.message ?? '')}>
                {mask(task.error?.message ?? '')}
              </span>
              <span className={styles.taskQueue}>{task.queue}</span>
              <span className={styles.taskTime}>
                <RelativeTime at={task.finishedAt ?? task.updatedAt} />
              </span>
            </li>
          ))}
          {query.hasNextPage && (
            <li className={styles.more}>
              <Button
                variant="ghost"
                size="small"
                isBusy={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Load {formatCount(Math.min(PAGE_SIZE, Math.max(1, count - tasks.length)))} more of{' '}
                {formatCount(Math.max(0, count - tasks.length))}
              </Button>
            </li>
          )}
        </ul>
      )}
    </QueryContent>
  )
}
