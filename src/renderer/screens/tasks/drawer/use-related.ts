import { useQuery } from '@tanstack/react-query'
import { useBroker } from '../../../app/broker-connection.tsx'

export interface Related {
  /** Ids of tasks that run this one again, newest first. */
  readonly replays: readonly string[]
  /** Ids of tasks that this one submitted, oldest first. */
  readonly subtasks: readonly string[]
}

/** As many of each as are shown. */
const MOST_SHOWN = 100
const LOOK_EVERY_MS = 2000

/** What came of a task besides its result: the tasks that run it again, and those it submitted. */
export function useRelated(id: string): Related {
  const { queries } = useBroker()
  const replays = useQuery(
    queries.tasks.list.queryOptions({
      input: { replayOf: id, limit: MOST_SHOWN },
      refetchInterval: LOOK_EVERY_MS,
    }),
  )
  const subtasks = useQuery(
    queries.tasks.subtasks.queryOptions({ input: { id, limit: MOST_SHOWN }, refetchInterval: LOOK_EVERY_MS }),
  )
  const idsOf = (tasks: readonly { readonly id: string }[] | undefined) =>
    (tasks ?? []).map((task) => task.id)
  return { replays: idsOf(replays.data?.tasks), subtasks: idsOf(subtasks.data?.tasks) }
}
