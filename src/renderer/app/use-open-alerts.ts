import type { BrokerEvent } from '../../shared/domain/event.ts'
import { useLiveQuery } from '../live/use-live-query.ts'
import { useBroker } from './broker-connection.tsx'

export const isOfAnAlert = ({ type }: BrokerEvent) => type.startsWith('alert.')

/** Alerts that are not cleared, newest first. */
export function useOpenAlerts() {
  const { live, queries } = useBroker()
  return useLiveQuery({
    live,
    query: queries.alerts.list.queryOptions({ input: {} }),
    everyMs: 500,
    idleMs: 15_000,
    isTouchedBy: isOfAnAlert,
  })
}
