import { useCallback, useEffect, useRef, useState } from 'react'
import type { TaskSummary } from '../../../../shared/domain/task.ts'
import {
  extendTo,
  NOTHING_SELECTED,
  selectAllMatching,
  toggleAll,
  toggleRow,
  type Selection,
} from './selection.ts'
import type { TaskList } from './task-list.ts'

export interface RowCursor {
  readonly selection: Selection
  readonly currentId: string | null
  readonly setCurrent: (id: string | null) => void
  /** The row so many places from the current one; null when the list is empty. */
  readonly rowAt: (by: number | 'first' | 'last') => TaskSummary | null
  readonly tick: (id: string, isRange: boolean) => void
  readonly tickAll: () => void
  readonly tickMatching: () => void
  readonly untick: () => void
}

/**
 * Which row is current and which are ticked. Both belong to one list and go with it: another `listKey` is
 * another list.
 */
export function useRowCursor({
  listKey,
  list,
  firstCurrent,
}: {
  readonly listKey: string
  readonly list: TaskList
  readonly firstCurrent: string | null
}): RowCursor {
  const [held, setHeld] = useState({ listKey, selection: NOTHING_SELECTED, currentId: firstCurrent })
  if (held.listKey !== listKey) setHeld({ listKey, selection: NOTHING_SELECTED, currentId: firstCurrent })
  const { selection, currentId } = held
  const { rows, index } = list
  // Read when a row is ticked: what rows are handed must not change with every event.
  const latestRows = useRef(rows)
  useEffect(() => {
    latestRows.current = rows
  })

  const select = useCallback(
    (change: (selection: Selection) => Selection) =>
      setHeld((before) => ({ ...before, selection: change(before.selection) })),
    [],
  )
  return {
    selection,
    currentId,
    setCurrent: useCallback((id) => setHeld((before) => ({ ...before, currentId: id })), []),
    rowAt: (by) => {
      if (by === 'first') return rows[0] ?? null
      if (by === 'last') return rows.at(-1) ?? null
      const from = currentId === null ? -1 : (index.get(currentId) ?? -1)
      return rows[Math.min(rows.length - 1, Math.max(0, from + by))] ?? null
    },
    tick: useCallback((id, isRange) => {
      const order = latestRows.current
      setHeld((before) => ({
        ...before,
        currentId: id,
        selection: isRange ? extendTo(before.selection, id, order) : toggleRow(before.selection, id),
      }))
    }, []),
    tickAll: () => select((before) => toggleAll(before, rows)),
    tickMatching: () => select(() => selectAllMatching(rows)),
    untick: useCallback(() => select(() => NOTHING_SELECTED), [select]),
  }
}
