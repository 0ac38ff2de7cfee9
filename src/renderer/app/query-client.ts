import { QueryClient } from '@tanstack/react-query'
import { describeFailure } from './failure.ts'

/** What is shown is asked again when events say it changed; see `live/use-live-query.ts`. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A local broker answers without a network; the default would hold every call while offline.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && describeFailure(error).isTemporary,
        retryDelay: (failures) => 300 * 2 ** failures,
        staleTime: 1000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
