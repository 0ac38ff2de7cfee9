import { useQuery } from '@tanstack/react-query'
import type { Capabilities } from '../../shared/domain/capabilities.ts'
import { useBroker } from './broker-connection.tsx'
import { useShownConnection } from './connections/use-connections.ts'

/** Why the broker cannot do something, to be said on the disabled button; null when it can, or is not known yet. */
export function useLacking(name: keyof Capabilities): string | null {
  const { queries } = useBroker()
  const { data: status } = useQuery(queries.system.status.queryOptions({ staleTime: 60_000 }))
  const capability = status?.capabilities[name]
  return capability === undefined || capability === true ? null : capability.reason
}

/** The same for what can be looked at and changed: through a read-only connection it is only looked at. */
export function useUnchangeable(name: keyof Capabilities): string | null {
  const lacking = useLacking(name)
  const connection = useShownConnection()
  if (connection?.isReadOnly !== true) return lacking
  return lacking ?? `The connection '${connection.name}' is read-only: nothing is changed through it.`
}
