import { useCallback } from 'react'
import type { BrokerEvent } from '../../../../shared/domain/event.ts'
import type { Attempt, LogEntry, ProgressEntry, Task } from '../../../../shared/domain/task.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { describeFailure, type Failure } from '../../../app/failure.ts'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import type { DrawerTab } from '../tasks-search.ts'

/** All that is known about the task in the drawer. What is undefined is on its way. */
export interface OpenTask {
  readonly task: Task | undefined
  readonly attempts: readonly Attempt[] | undefined
  readonly logs: readonly LogEntry[] | undefined
  readonly progress: readonly ProgressEntry[] | undefined
  /** It was there, or never was; what is shown is the last that was seen. */
  readonly isDeleted: boolean
  /** Why it could not be read, when it never was. */
  readonly failure: Failure | null
  readonly retry: () => void
}

const TASK_EVERY_MS = 250
const STREAM_EVERY_MS = 500
/** For what is not in sight but counted on its tab. */
const HIDDEN_EVERY_MS = 3000

/** Follows one task with everything that is kept about it. */
export function useOpenTask(id: string, tab: DrawerTab): OpenTask {
  const { queries, live } = useBroker()
  const input = { id }

  const touchesTask = useCallback(
    ({ taskId, type }: BrokerEvent) => taskId === id && type !== 'task.log',
    [id],
  )
  const touchesAttempts = useCallback(
    ({ taskId, type }: BrokerEvent) => taskId === id && type !== 'task.log' && type !== 'task.progress',
    [id],
  )
  const touchesLogs = useCallback(
    ({ taskId, type }: BrokerEvent) => taskId === id && type === 'task.log',
    [id],
  )
  const touchesProgress = useCallback(
    ({ taskId, type }: BrokerEvent) => taskId === id && type === 'task.progress',
    [id],
  )

  const task = useLiveQuery({
    live,
    query: queries.tasks.get.queryOptions({ input }),
    everyMs: TASK_EVERY_MS,
    isTouchedBy: touchesTask,
  })
  const attempts = useLiveQuery({
    live,
    query: queries.tasks.attempts.queryOptions({ input }),
    everyMs: STREAM_EVERY_MS,
    isTouchedBy: touchesAttempts,
  })
  const logs = useLiveQuery({
    live,
    query: queries.tasks.logs.queryOptions({ input }),
    everyMs: tab === 'logs' ? STREAM_EVERY_MS : HIDDEN_EVERY_MS,
    isTouchedBy: touchesLogs,
  })
  const progress = useLiveQuery({
    live,
    query: queries.tasks.progress.queryOptions({ input }),
    everyMs: tab === 'data' ? STREAM_EVERY_MS : HIDDEN_EVERY_MS,
    isTouchedBy: touchesProgress,
  })

  const failure = task.error === null ? null : describeFailure(task.error)
  return {
    task: task.data,
    attempts: attempts.data,
    logs: logs.data,
    progress: progress.data,
    isDeleted: failure?.code === 'TASK_NOT_FOUND',
    failure: task.data === undefined ? failure : null,
    retry: () => void task.refetch(),
  }
}
