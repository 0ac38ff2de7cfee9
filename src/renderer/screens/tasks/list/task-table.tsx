import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual'
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react'
import type { TaskState } from '../../../../shared/domain/state.ts'
import type { TaskList } from './task-list.ts'
import { coverage, type Selection } from './selection.ts'
import { useRowHeight } from '../../../ui/density.ts'
import { TableHead } from './table-head.tsx'
import { useUntold } from '../../../app/use-untold.tsx'
import { TaskRow } from './task-row.tsx'
import { taskColumns } from './task-columns.ts'
import styles from './task-table.module.css'

export interface TaskTableHandle {
  focus(): void
  scrollToTop(): void
  /** Whether the first row is in sight. */
  isAtTop(): boolean
  /** Whether the pointer is busy in it, or some of its text is selected. */
  isInUse(): boolean
}

interface TaskTableProps {
  readonly list: TaskList
  /** How many tasks match in all, loaded or not; null while it is not known. */
  readonly total: number | null
  readonly order: 'newest' | 'oldest'
  readonly selection: Selection
  readonly currentId: string | null
  readonly openId: string | null
  /** States that are listed; all when not given. Rows that have left them stay, quieter, until the list is taken in anew. */
  readonly states: readonly TaskState[] | undefined
  /** Takes the place of the head's words while rows are ticked. */
  readonly selectionStrip: ReactNode
  /** Says that new tasks wait, beside the head of their column. */
  readonly newTasks: ReactNode
  readonly onOrder: (order: 'newest' | 'oldest') => void
  readonly onOpen: (id: string) => void
  readonly onTick: (id: string, isRange: boolean) => void
  readonly onTickAll: () => void
  /** The row `by` places from the current one, or the first or last. */
  readonly onMove: (by: number | 'first' | 'last') => void
  /** Rows on screen; asked for more when they are near the end. */
  readonly onSight: (ids: readonly string[], isNearEnd: boolean) => void
  readonly ref?: Ref<TaskTableHandle>
}

const OVERSCAN = 12
/** In rows: this near the end the next page is asked for. */
const NEAR_END = 30
const POINTER_REST_MS = 1500
const PAGE_KEY_ROWS = 20

/** The list as a grid of which only the rows in sight exist. One stop of the Tab key; arrows, j and k move inside. */
export function TaskTable(props: TaskTableProps) {
  const untold = useUntold('task')
  const { list, total, selection, currentId, openId, onOpen, onMove, onSight } = props
  const grid = useRef<HTMLDivElement>(null)
  const pointerMovedAt = useRef(-Infinity)
  const rowHeight = useRowHeight()
  const columns = taskColumns.use()
  const currentIndex = currentId === null ? -1 : (list.index.get(currentId) ?? -1)

  const virtualizer = useVirtualizer({
    count: list.rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    // The head is as high as a row, and covers what scrolls under it.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    // The current row stays in the page while it is out of sight, so that it can be named as active.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const inSight = defaultRangeExtractor(range)
        if (currentIndex < 0 || inSight.includes(currentIndex)) return inSight
        return [...inSight, currentIndex].toSorted((a, b) => a - b)
      },
      [currentIndex],
    ),
  })
  useEffect(() => {
    virtualizer.measure()
  }, [virtualizer, rowHeight])

  useEffect(() => {
    if (currentIndex >= 0) virtualizer.scrollToIndex(currentIndex, { align: 'auto' })
    // Only when another row becomes current: a list that changes under the reader does not move.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [currentId, virtualizer])

  const { onTick } = props
  const tick = useCallback(
    (id: string, isRange: boolean) => {
      onTick(id, isRange)
      grid.current?.focus({ preventScroll: true })
    },
    [onTick],
  )

  const items = virtualizer.getVirtualItems()
  const { startIndex = 0, endIndex = -1 } = virtualizer.range ?? {}
  useEffect(() => {
    const ids = list.rows.slice(startIndex, endIndex + 1).map(({ id }) => id)
    onSight(ids, endIndex >= list.rows.length - NEAR_END)
  }, [list.rows, startIndex, endIndex, onSight])

  useImperativeHandle(props.ref, () => ({
    focus: () => grid.current?.focus({ preventScroll: true }),
    scrollToTop: () => {
      if (grid.current !== null) grid.current.scrollTop = 0
    },
    isAtTop: () => (grid.current?.scrollTop ?? 0) < 4,
    isInUse: () =>
      performance.now() - pointerMovedAt.current < POINTER_REST_MS || hasSelectedText(grid.current),
  }))

  const handleKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const move = KEY_MOVES[event.key]
    if (move !== undefined) {
      event.preventDefault()
      onMove(move)
    } else if (event.key === ' ' && currentId !== null) {
      event.preventDefault()
      onTick(currentId, event.shiftKey)
    }
  }
  const rowId = (index: number) => `task-row-${index}`

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label="Tasks"
      aria-multiselectable
      aria-rowcount={(total ?? list.rows.length) + 1}
      aria-activedescendant={currentIndex >= 0 ? rowId(currentIndex) : undefined}
      className={styles.grid}
      data-columns={columns.join(' ')}
      onKeyDown={handleKey}
      onPointerMove={() => {
        pointerMovedAt.current = performance.now()
      }}
    >
      <TableHead
        columns={columns}
        order={props.order}
        ticked={coverage(selection, list.rows)}
        selectionStrip={props.selectionStrip}
        newTasks={props.newTasks}
        onOrder={props.onOrder}
        onTickAll={props.onTickAll}
      />
      <div role="rowgroup" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const task = list.rows[index]
          if (task === undefined) return null
          return (
            <TaskRow
              key={task.id}
              id={rowId(index)}
              columns={columns}
              task={task}
              untold={untold}
              ariaRowIndex={index + 2}
              top={start - rowHeight}
              isCurrent={task.id === currentId}
              isOpen={task.id === openId}
              isTicked={selection.isAllMatching || selection.ids.has(task.id)}
              isDeleted={list.deleted.has(task.id)}
              hasLeft={props.states !== undefined && !props.states.includes(task.state)}
              onOpen={onOpen}
              onTick={tick}
            />
          )
        })}
      </div>
    </div>
  )
}

const KEY_MOVES: Readonly<Record<string, number | 'first' | 'last'>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_KEY_ROWS,
  PageUp: -PAGE_KEY_ROWS,
  Home: 'first',
  End: 'last',
}

function hasSelectedText(element: HTMLElement | null): boolean {
  const selection = document.getSelection()
  return selection !== null && !selection.isCollapsed && element?.contains(selection.anchorNode) === true
}
