import { useState } from 'react'
import type { Column, Sort } from './column.ts'
import { holdOrder, sortRows } from './sort-rows.ts'

interface HeldRowsOptions<Row> {
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly sort: Sort | null
  readonly keyOf: (row: Row) => string
  readonly isHeld: boolean
}

/**
 * Sorted rows that stay where they are while `isHeld`: what they say changes in place. Another sort is the
 * reader's own wish and applies at once.
 */
export function useHeldRows<Row>(options: HeldRowsOptions<Row>): readonly Row[] {
  const { rows, columns, sort, keyOf, isHeld } = options
  const [held, setHeld] = useState<{ readonly by: string; readonly keys: readonly string[] } | null>(null)
  const by = JSON.stringify(sort)
  if (!isHeld && held !== null) setHeld(null)
  if (isHeld && held?.by === by) return holdOrder(held.keys, rows, keyOf)
  const sorted = sortRows(rows, columns, sort)
  if (isHeld) setHeld({ by, keys: sorted.map(keyOf) })
  return sorted
}
