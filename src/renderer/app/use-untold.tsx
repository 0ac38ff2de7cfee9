import type { Untold } from '../../shared/domain/capabilities.ts'
import type { Column } from '../ui/data-table/column.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { useStatus } from './use-status.ts'

const NOTHING: readonly never[] = []

/** What the broker does not tell of its tasks, queues, workers or in its overview: a stand-in is in its place. */
export function useUntold<Kind extends keyof Untold>(kind: Kind): Untold[Kind] {
  const { data: status } = useStatus()
  // The same empty list each time: it is handed on to what is drawn again when it changes.
  return status?.coverage.untold[kind] ?? NOTHING
}

/** In the place of what is not told, which is no zero. */
export const NotTold = () => (
  <Tooltip text="Not told by this server">
    <span aria-label="not told by this server" role="img">
      —
    </span>
  </Tooltip>
)

/** Columns of a table, those of what is not told with a dash in every row and not to be sorted by. */
export function withoutUntold<Row>(
  columns: readonly Column<Row>[],
  fieldOf: Readonly<Record<string, keyof Row>>,
  untold: readonly (keyof Row)[],
): readonly Column<Row>[] {
  return columns.map((column) => {
    const field = fieldOf[column.id]
    if (field === undefined || !untold.includes(field)) return column
    return { ...column, sortBy: undefined, cell: () => <NotTold /> }
  })
}
