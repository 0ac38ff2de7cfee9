import type { Column, Sort } from './column.ts'

/** The rows in the order asked for; equal ones as they came. An unknown column changes nothing. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): readonly Row[] {
  const by = columns.find(({ id }) => id === sort?.column)?.sortBy
  if (by === undefined || sort === null) return rows
  const sign = sort.isDescending ? -1 : 1
  return rows.toSorted((one, other) => sign * compare(by(one), by(other)))
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one).localeCompare(String(other), 'en', { numeric: true })
}

/**
 * Rows in the order in which they stood, with what they are now: new ones follow at the end. For a list
 * that the reader points at, or has ticked in: nothing may move under the pointer.
 */
export function holdOrder<Row>(
  order: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly Row[] {
  const place = new Map(order.map((key, index) => [key, index]))
  const placeOf = (row: Row) => place.get(keyOf(row)) ?? Infinity
  return rows.toSorted((one, other) => {
    const [first, second] = [placeOf(one), placeOf(other)]
    return first === second ? 0 : first - second
  })
}

/** What a click on a column's head leads to. */
export function nextSort<Row>(column: Column<Row>, sort: Sort | null): Sort {
  if (sort?.column === column.id) return { column: column.id, isDescending: !sort.isDescending }
  return { column: column.id, isDescending: column.isNumeric === true }
}
