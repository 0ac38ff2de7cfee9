import { areCountsTold, type Coverage, EVERYTHING, type Untold } from '../../shared/domain/capabilities.ts'
import type { TaskState } from '../../shared/domain/state.ts'
import type { Column } from '../ui/data-table/column.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { useStatus } from './use-status.ts'

/** What the broker does not tell of its tasks, queues, workers or in its overview: a stand-in is in its place. */
export function useUntold<Kind extends keyof Untold>(kind: Kind): Untold[Kind] {
  return useCoverage().untold[kind]
}

/** What the broker takes and tells; everything while that is not known. */
export function useCoverage(): Coverage {
  const { data: status } = useStatus()
  return status?.coverage ?? EVERYTHING.coverage
}

/** Whether the broker tells how many tasks are in a state. */
export function useIsCountTold(): (state: TaskState) => boolean {
  const coverage = useCoverage()
  return (state) => areCountsTold([state], coverage)
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
