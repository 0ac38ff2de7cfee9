import type { ReactNode } from 'react'

/** One column of a {@link DataTable}. */
export interface Column<Row> {
  /** Stands in the address where the reader sorts by it. */
  readonly id: string
  /** Empty for a column of buttons; then {@link label} names it. */
  readonly header: string
  readonly label?: string | undefined
  /** A CSS length; a column without one shares what is left. */
  readonly width?: string | undefined
  readonly isNumeric?: boolean | undefined
  /** The window's width under which the column goes: 1200 or 1000 px. */
  readonly leavesAt?: 'medium' | 'narrow' | undefined
  readonly cell: (row: Row) => ReactNode
  /** What it is sorted by, where it can be: text upwards, numbers downwards at first. */
  readonly sortBy?: ((row: Row) => string | number) | undefined
}

export interface Sort {
  readonly column: string
  readonly isDescending: boolean
}
