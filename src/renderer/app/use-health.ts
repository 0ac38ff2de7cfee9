import { useQuery } from '@tanstack/react-query'
import { useBroker } from './broker-connection.tsx'
import { askHealthAfterMs } from './frame/health.ts'

/** How the shown broker is, asked again and again; sooner while something is in trouble. */
export function useHealth() {
  const { queries } = useBroker()
  return useQuery(
    queries.system.health.queryOptions({ refetchInterval: ({ state }) => askHealthAfterMs(state.data) }),
  )
}
