import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { MAX_TREND_HOURS, MIN_TREND_HOURS, type TrendsPort } from '../../../shared/domain/trends.ts'
import type { Store } from '../store/store-client.ts'

export function createTrends({
  store,
  clock,
}: {
  readonly store: Pick<Store, 'read'>
  readonly clock: Clock
}): TrendsPort['trends'] {
  return async ({ hours, step }) => {
    if (!(Number.isInteger(hours) && hours >= MIN_TREND_HOURS && hours <= MAX_TREND_HOURS))
      throw new BrokerError(
        'INVALID_REQUEST',
        `hours must be a whole number from ${MIN_TREND_HOURS} to ${MAX_TREND_HOURS}.`,
        { path: 'hours' },
      )
    return store.read('trends', { hours, step, now: clock.now() })
  }
}
