import { useQuery } from '@tanstack/react-query'
import { areCountsTold } from '../../../shared/domain/capabilities.ts'
import type { StateCounts } from '../../../shared/domain/queue.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useCoverage } from '../../app/use-untold.tsx'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { countOfTab, LIFE_CYCLE_TABS, tabOfState, type LifeCycleTab } from './life-cycle-tabs.ts'
import { isFiltered, type ListQuery, type TasksSearch } from './tasks-search.ts'

export interface TaskCounts {
  /** By tab; null where it is not known. */
  readonly byTab: Readonly<Record<LifeCycleTab, number | null>>
  /** How many match the filters as they are; null while it is not known. */
  readonly total: number | null
  readonly overview: Overview | undefined
}

const COUNTS_EVERY_MS = 1000
const COUNT_EVERY_MS = 3000

/**
 * How many tasks there are in each tab and in the list. Counts come from the figures the broker keeps
 * anyway; only what those do not tell (name, text, dead letters) is counted, and only for the list shown.
 */
export function useTaskCounts(search: TasksSearch, listed: ListQuery): TaskCounts {
  const { queries, live } = useBroker()
  const { data: overview } = useLiveQuery({
    live,
    query: queries.overview.queryOptions(),
    everyMs: COUNTS_EVERY_MS,
    isTouchedBy: changesCounts,
  })
  const { data: queues } = useLiveQuery({
    live,
    query: queries.queues.list.queryOptions({ enabled: search.queue !== undefined }),
    everyMs: COUNTS_EVERY_MS,
    isTouchedBy: changesCounts,
  })

  const coverage = useCoverage()
  const needsCount = isFiltered({ ...search, state: undefined, queue: undefined })
  const { states, order: _order, ...query } = listed
  const { data: counted } = useLiveQuery({
    live,
    query: queries.tasks.count.queryOptions({
      input: states === undefined ? query : { ...query, states: [...states] },
      enabled: needsCount,
    }),
    everyMs: COUNT_EVERY_MS,
    isTouchedBy: changesCounts,
  })

  const counts: StateCounts | undefined = needsCount
    ? undefined
    : search.queue === undefined
      ? overview?.counts
      : queues?.find(({ name }) => name === search.queue)?.counts
  const shownTab = tabOfState(search.state)
  const ofTab = (tab: LifeCycleTab) => {
    if (counts !== undefined) return countOfTab(tab, counts, coverage)
    return needsCount && tab === shownTab ? (counted ?? null) : null
  }
  const byTab = Object.fromEntries(
    LIFE_CYCLE_TABS.map(({ value }) => [value, ofTab(value)]),
  ) as TaskCounts['byTab']
  // Without a count of their own, paused and timed-out tasks are counted among their tab's.
  const isExact = search.state === undefined || search.state === shownTab
  const isNarrowTold = search.state !== undefined && areCountsTold([search.state], coverage)
  const narrow = counts !== undefined && isNarrowTold ? counts[search.state] : null
  return {
    byTab,
    total: !isFiltered(search) || isExact ? byTab[shownTab] : (narrow ?? counted ?? null),
    overview,
  }
}

function changesCounts({ type }: BrokerEvent): boolean {
  return type !== 'task.progress' && type !== 'task.log' && type !== 'task.started'
}

/** Names and queues to suggest as filters. */
export function useFilterSources() {
  const { queries } = useBroker()
  const { data: queues } = useQuery(queries.queues.list.queryOptions({ staleTime: 5000 }))
  const { data: handlers } = useQuery(queries.handlers.queryOptions({ staleTime: 5000 }))
  return {
    queues: (queues ?? []).map(({ name, isPaused }) => ({ name, hint: isPaused ? 'paused' : null })),
    names: (handlers?.handlers ?? []).map(({ name }) => name),
  }
}
