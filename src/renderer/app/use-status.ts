import { useQuery } from '@tanstack/react-query'
import { type BrokerConnection, useBroker } from './broker-connection.tsx'

/** What a broker says of itself hardly ever changes while it is shown. */
const STALE_MS = 60_000

/** What a broker says of itself and of what it can do. */
export const statusQuery = ({ queries }: Pick<BrokerConnection, 'queries'>) =>
  queries.system.status.queryOptions({ staleTime: STALE_MS })

/** The same of the broker that the window shows. */
export const useStatus = () => useQuery(statusQuery(useBroker()))
