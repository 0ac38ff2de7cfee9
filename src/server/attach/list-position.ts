import { BrokerError } from '../../shared/domain/errors.ts'

/**
 * Where the next page of a list goes on, for servers that page by offset: how many tasks, counted from the
 * oldest, come before it (`oldest`), or are left (`newest`). So new tasks do not move it; tasks that leave
 * the list in between do.
 */
export interface ListPosition {
  readonly order: 'oldest' | 'newest'
  readonly fromOldest: number
}

const POSITION = /^(oldest|newest):(\d{1,15})$/

export const formatPosition = ({ order, fromOldest }: ListPosition): string => `${order}:${fromOldest}`

/**
 * Null when there is no cursor.
 * @throws INVALID_REQUEST for a cursor that is none, or of a list in the other order.
 */
export function parsePosition(cursor: string | undefined, order: ListPosition['order']): number | null {
  if (cursor === undefined) return null
  const parts = POSITION.exec(cursor)
  if (parts !== null && parts[1] === order) return Number(parts[2])
  throw new BrokerError(
    'INVALID_REQUEST',
    `'cursor' is not of this list; give the 'next' of its page before, or none to begin anew.`,
    { path: 'cursor' },
  )
}
