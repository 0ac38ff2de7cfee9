import type { Capabilities } from '../../shared/domain/capabilities.ts'
import { readOnlyReason } from '../../shared/domain/connection.ts'
import { useShownConnection } from './connections/use-connections.ts'
import { useStatus } from './use-status.ts'

/** Why the broker cannot do something, to be said on the disabled button; null when it can, or is not known yet. */
export function useLacking(name: keyof Capabilities): string | null {
  const { data: status } = useStatus()
  const capability = status?.capabilities[name]
  return capability === undefined || capability === true ? null : capability.reason
}

/** The same for what can be looked at and changed: through a read-only connection it is only looked at. */
export function useUnchangeable(name: keyof Capabilities): string | null {
  const lacking = useLacking(name)
  const connection = useShownConnection()
  if (connection?.isReadOnly !== true) return lacking
  return lacking ?? readOnlyReason(connection.name)
}
