import { ArrowDown, ArrowUp } from 'lucide-react'
import { classNames } from '../class-names.ts'
import type { Column, Sort } from './column.ts'
import styles from './data-table.module.css'

interface TableHeadCellProps<Row> {
  readonly column: Column<Row>
  readonly sort: Sort | null
  readonly onSort: (() => void) | undefined
}

/** The head of a column; a button where the column can be sorted by. */
export function TableHeadCell<Row>({ column, sort, onSort }: TableHeadCellProps<Row>) {
  const { id, header, label, isNumeric, sortBy } = column
  const isSorted = sort?.column === id
  const classes = classNames(styles.head, isNumeric === true && styles.numeric)
  if (sortBy === undefined || onSort === undefined) {
    return (
      <th scope="col" className={classes}>
        {header === '' ? <span className="visually-hidden">{label}</span> : header}
      </th>
    )
  }
  const Arrow = sort?.isDescending === true ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      className={classes}
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className={styles.sort} data-sorted={isSorted} onClick={onSort}>
        {header}
        <Arrow size={12} strokeWidth={2} aria-hidden />
      </button>
    </th>
  )
}
