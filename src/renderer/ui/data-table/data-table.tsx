import { Fragment, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Checkbox } from '../checkbox.tsx'
import { classNames } from '../class-names.ts'
import { useRoom, type Room } from '../use-room.ts'
import type { Column, Sort } from './column.ts'
import styles from './data-table.module.css'
import { nextSort } from './sort-rows.ts'
import { TableHeadCell } from './table-head-cell.tsx'
import { useHeldRows } from './use-held-rows.ts'

export interface RowTicks {
  readonly ticked: ReadonlySet<string>
  readonly onTick: (key: string, isRange: boolean) => void
  readonly onTickAll: () => void
  /** What a row is called, for its checkbox. */
  readonly nameOf: (key: string) => string
}

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly sort?: Sort | null
  readonly onSort?: ((sort: Sort) => void) | undefined
  /** Row height: one line of text, or two. */
  readonly size?: 'line' | 'double' | undefined
  readonly onOpen?: ((row: Row) => void) | undefined
  /** The row whose detail is shown elsewhere. */
  readonly openKey?: string | null | undefined
  readonly ticks?: RowTicks | undefined
  /** What stands under a row that is unfolded; null for one that is not. */
  readonly renderUnder?: ((row: Row) => ReactNode) | undefined
  readonly isFaded?: ((row: Row) => boolean) | undefined
  /** Rows may not move: something is open above them, say. While pointed at or ticked they never do. */
  readonly isHeld?: boolean
}

/**
 * A table for lists that fit on a page, some hundreds of rows at most. `j` and `k` move from row to row,
 * `Enter` opens, `x` ticks; rows never move under the pointer.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, keyOf, sort = null, onSort, size = 'line' } = props
  const { onOpen, openKey = null, ticks, renderUnder, isFaded, isHeld = false } = props
  const room = useRoom()
  const columns = props.columns.filter(({ leavesAt }) => hasRoomFor(leavesAt, room))
  const [isPointedAt, setIsPointedAt] = useState(false)
  const hasTicks = ticks !== undefined && ticks.ticked.size > 0
  const rows = useHeldRows({
    rows: props.rows,
    columns,
    sort,
    keyOf,
    isHeld: isHeld || isPointedAt || hasTicks,
  })

  const handleKey = (event: KeyboardEvent<HTMLTableRowElement>, row: Row) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step !== undefined) focusRow(event.currentTarget, step)
    else if (event.key === 'Enter' && onOpen !== undefined) onOpen(row)
    else if ((event.key === 'x' || event.key === 'X') && ticks !== undefined)
      ticks.onTick(keyOf(row), event.key === 'X')
    else return
    event.preventDefault()
  }
  const allTicked = rows.length > 0 && rows.every((row) => ticks?.ticked.has(keyOf(row)) === true)

  return (
    <table
      aria-label={label}
      className={styles.table}
      onPointerEnter={() => setIsPointedAt(true)}
      onPointerLeave={() => setIsPointedAt(false)}
    >
      <colgroup>
        {ticks !== undefined && <col className={styles.tickColumn} />}
        {columns.map(({ id, width }) => (
          <col key={id} style={{ width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {ticks !== undefined && (
            <th className={classNames(styles.head, styles.tick)}>
              <Checkbox
                label={`Tick all: ${label}`}
                isChecked={allTicked || (hasTicks && 'some')}
                onChange={ticks.onTickAll}
              />
            </th>
          )}
          {columns.map((column) => (
            <TableHeadCell
              key={column.id}
              column={column}
              sort={sort}
              onSort={onSort && (() => onSort(nextSort(column, sort)))}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const key = keyOf(row)
          const isTicked = ticks?.ticked.has(key) === true
          const below = renderUnder?.(row) ?? null
          return (
            <Fragment key={key}>
              {/* Keys are listened for where the focus is; what a click does has a button in the row too. */}
              <tr
                data-row
                tabIndex={index === 0 ? 0 : -1}
                className={classNames(styles.row, styles[size])}
                data-open={openKey === key || undefined}
                data-ticked={isTicked || undefined}
                data-faded={isFaded?.(row) === true || undefined}
                data-clickable={onOpen !== undefined || undefined}
                onKeyDown={(event) => handleKey(event, row)}
                onClick={(event) => onOpen !== undefined && !isControl(event) && onOpen(row)}
              >
                {ticks !== undefined && (
                  <td className={classNames(styles.cell, styles.tick)}>
                    <Checkbox
                      label={`Tick ${ticks.nameOf(key)}`}
                      isChecked={isTicked}
                      onChange={() => undefined}
                      onClick={(event) => ticks.onTick(key, event.shiftKey)}
                    />
                  </td>
                )}
                {columns.map(({ id, isNumeric, cell }) => (
                  <td key={id} className={classNames(styles.cell, isNumeric === true && styles.numeric)}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
              {below !== null && (
                <tr className={styles.under}>
                  <td colSpan={columns.length + (ticks === undefined ? 0 : 1)}>{below}</td>
                </tr>
              )}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

function hasRoomFor(leavesAt: Column<never>['leavesAt'], room: Room): boolean {
  return room === 'wide' || leavesAt === undefined || (room === 'medium' && leavesAt === 'narrow')
}

/** A click on a link, button or box in the row is for that; marking text opens nothing either. */
function isControl(event: MouseEvent): boolean {
  if (window.getSelection()?.isCollapsed === false) return true
  return (
    event.target instanceof Element && event.target.closest('a, button, input, [role="checkbox"]') !== null
  )
}

function focusRow(from: HTMLTableRowElement, step: 1 | -1): void {
  const rows = [...(from.closest('tbody')?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
  rows[rows.indexOf(from) + step]?.focus()
}

/** Moves the focus into the first table of the page, for `j` from anywhere; false when there is none. */
export function focusFirstRow(): boolean {
  const row = document.querySelector<HTMLElement>('main tr[data-row]')
  row?.focus()
  return row !== null
}
