import { useQueries } from '@tanstack/react-query'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Attempt, LogEntry, Task } from '../../../../shared/domain/task.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { describeFailure, type Failure } from '../../../app/failure.ts'
import { useIsPaused } from '../../../live/live-mode.ts'

/** All that is kept about one run. */
export interface Run {
  readonly task: Task
  /** Null where the broker tells none; so are the lines. */
  readonly attempts: readonly Attempt[] | null
  readonly logs: readonly LogEntry[] | null
}

export interface Runs {
  readonly found: readonly Run[]
  /** Those that could not be read, and why. */
  readonly missing: readonly { readonly id: string; readonly failure: Failure }[]
  readonly isLoading: boolean
  readonly retry: () => void
}

const EVERY_MS = 1000

function noneIfLacking(error: unknown): null {
  if (describeFailure(error).code === 'NOT_SUPPORTED') return null
  throw error
}

/** Reads the runs, and follows those that have not finished. */
export function useRuns(ids: readonly string[]): Runs {
  const { client, queries } = useBroker()
  const isPaused = useIsPaused()
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: [...queries.tasks.key(), 'run', id],
      queryFn: async (): Promise<Run> => {
        const [task, attempts, logs] = await Promise.all([
          client.tasks.get({ id }),
          client.tasks.attempts({ id }).catch(noneIfLacking),
          client.tasks.logs({ id }).catch(noneIfLacking),
        ])
        return { task, attempts, logs }
      },
      refetchInterval: ({ state }: { state: { data: Run | undefined } }) =>
        isPaused || state.data === undefined || isFinal(state.data.task.state) ? false : EVERY_MS,
    })),
  })
  return {
    found: answers.flatMap(({ data }) => data ?? []),
    missing: answers.flatMap(({ data, error }, index) =>
      data === undefined && error !== null ? [{ id: ids[index]!, failure: describeFailure(error) }] : [],
    ),
    isLoading: answers.some(({ isPending }) => isPending),
    retry: () => {
      for (const answer of answers) if (answer.isError) void answer.refetch()
    },
  }
}
