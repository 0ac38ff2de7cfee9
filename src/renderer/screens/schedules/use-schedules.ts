import { skipToken } from '@tanstack/react-query'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useLiveQuery } from '../../live/use-live-query.ts'

/** A fire is seen by the task that it submits; what others change is seen by asking now and then. */
const mayBeAFire = ({ type }: BrokerEvent) => type === 'task.submitted'

/** The schedules, in the order they were made; at most {@link MAX_PAGE_SIZE}. */
export function useSchedules() {
  const { live, queries } = useBroker()
  return useLiveQuery({
    live,
    query: queries.schedules.list.queryOptions({ input: { limit: MAX_PAGE_SIZE } }),
    everyMs: 2000,
    idleMs: 10_000,
    isTouchedBy: mayBeAFire,
  })
}

/** One of them with its task; nothing is asked for null. */
export function useSchedule(id: string | null) {
  const { live, queries } = useBroker()
  return useLiveQuery({
    live,
    query: queries.schedules.get.queryOptions({
      input: id === null ? skipToken : { id },
      enabled: id !== null,
    }),
    everyMs: 2000,
    idleMs: 10_000,
    isTouchedBy: mayBeAFire,
  })
}
