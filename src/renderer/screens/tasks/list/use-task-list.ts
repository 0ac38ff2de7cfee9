import { useEffect, useRef, useState } from 'react'
import { useBroker } from '../../../app/broker-connection.tsx'
import { useIsPaused } from '../../../live/live-mode.ts'
import type { ListQuery } from '../tasks-search.ts'
import { createTaskList, type TaskListFollower } from './create-task-list.ts'

interface UseTaskListOptions {
  readonly query: ListQuery
  /** Asked whenever new rows could come in. */
  readonly isAtRest: () => boolean
}

/** The list for a query, kept up with the broker for as long as the page is shown. */
export function useTaskList({ query, isAtRest }: UseTaskListOptions): TaskListFollower {
  const { client, live } = useBroker()
  const isPaused = useIsPaused()
  const latestIsAtRest = useRef(isAtRest)
  useEffect(() => {
    latestIsAtRest.current = isAtRest
  })

  const [follower] = useState(() =>
    createTaskList({
      client: {
        list: (request) => client.tasks.list(toContractQuery(request)),
        get: (id) => client.tasks.get({ id }),
      },
      isAtRest: () => latestIsAtRest.current(),
      now: () => performance.now(),
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    }),
  )

  const key = JSON.stringify(query)
  useEffect(() => {
    follower.show(JSON.parse(key) as ListQuery)
    return follower.stop
  }, [follower, key])

  useEffect(() => {
    if (isPaused) return
    const stopBatches = live.onBatch(follower.receive)
    const stopState = live.store.subscribe((state, before) => {
      const isBack = state.connection.status === 'live' && before.connection.status !== 'live'
      if (isBack || state.missed > before.missed) follower.resync()
    })
    follower.resync()
    return () => {
      stopBatches()
      stopState()
    }
  }, [follower, live, isPaused])

  return follower
}

/** The contract takes lists that it may change; ours are not to be changed. */
export function toContractQuery({
  states,
  ...rest
}: ListQuery & { readonly limit: number; readonly cursor?: string }) {
  return states === undefined ? rest : { ...rest, states: [...states] }
}
