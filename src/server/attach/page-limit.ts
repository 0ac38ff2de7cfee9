import { BrokerError } from '../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../shared/domain/limits.ts'

const DEFAULT_PAGE_SIZE = 100

/** The size of a page as the port has it. @throws INVALID_REQUEST */
export function pageLimit(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_PAGE_SIZE
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE_SIZE) return limit
  throw new BrokerError('INVALID_REQUEST', `'limit' must be 1 to ${MAX_PAGE_SIZE}.`, { path: 'limit' })
}

/** How many are passed over. @throws INVALID_REQUEST */
export function pageOffset(offset: number | undefined): number {
  if (offset === undefined) return 0
  if (Number.isSafeInteger(offset) && offset >= 0) return offset
  throw new BrokerError('INVALID_REQUEST', `'offset' must be a whole number, 0 or more.`, { path: 'offset' })
}
