import { useQuery } from '@tanstack/react-query'
import type { ConnectionEntry } from '../../../shared/domain/connection.ts'
import { useBroker } from '../broker-connection.tsx'
import { useOwnBroker } from './shown-broker.ts'

const REFRESH_MS = 3000

/** The connections there are, with how they stand; asked of this program, whichever broker is shown. */
export function useConnections() {
  const { queries } = useOwnBroker()
  return useQuery(
    queries.connections.list.queryOptions({
      refetchInterval: ({ state }) =>
        state.data === undefined || state.data.connections.length === 0 ? false : REFRESH_MS,
    }),
  )
}

/** The connection that is shown; null for the broker of this program, undefined while it is not known. */
export function useShownConnection(): ConnectionEntry | null | undefined {
  const { connection } = useBroker()
  const { data } = useConnections()
  if (connection === null) return null
  return data?.connections.find(({ name }) => name === connection)
}
