import { useState, type ReactNode } from 'react'
import { NotTold } from '../../../app/use-untold.tsx'
import { Button } from '../../../ui/button.tsx'
import { countOf, formatCount } from '../../../ui/format/count.ts'
import { Panel } from '../../../ui/panel.tsx'
import type { ComparedCell, ComparedRow } from './compare-fields.ts'
import { letterOf } from './compare-search.ts'
import styles from './compare.module.css'

interface CompareTableProps {
  readonly title: string
  readonly rows: readonly ComparedRow[]
  readonly columns: number
  readonly isOnlyDifferences: boolean
  /** What is said when there is no row at all. */
  readonly nothing: string
  /** Stands under the rows. */
  readonly children?: ReactNode
}

const ROWS_AT_ONCE = 200
/** A text longer than this is cut until the reader asks for the rest. */
const LONG_TEXT = 600

/** One thing a row, one run a column; what is not as in the first run is marked. */
export function CompareTable(props: CompareTableProps) {
  const { title, rows, columns, isOnlyDifferences, nothing, children } = props
  const [most, setMost] = useState(ROWS_AT_ONCE)
  const different = rows.filter(({ differs }) => differs)
  const listed = isOnlyDifferences ? different : rows
  const note =
    rows.length === 0 ? null : different.length === 0 ? 'alike' : countOf(different.length, 'difference')
  return (
    <Panel title={title} note={note}>
      {listed.length === 0 ? (
        <p className={styles.nothing}>{rows.length === 0 ? nothing : 'Nothing differs.'}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.label}>
                <span className="visually-hidden">What</span>
              </th>
              {Array.from({ length: columns }, (_, index) => (
                <th key={index} scope="col" className={styles.columnHead}>
                  {letterOf(index)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.slice(0, most).map(({ label, cells, isTold }) => (
              <tr key={label} className={styles.row}>
                <th scope="row" className={styles.label}>
                  {label}
                </th>
                {cells.map((cell, index) =>
                  isTold ? (
                    <Cell key={index} cell={cell} />
                  ) : (
                    <td key={index} className={styles.cell}>
                      <NotTold />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {listed.length > most && (
        <Button size="small" variant="ghost" onClick={() => setMost(most + ROWS_AT_ONCE * 4)}>
          {formatCount(listed.length - most)} more
        </Button>
      )}
      {children}
    </Panel>
  )
}

function Cell({ cell: { text, differs } }: { readonly cell: ComparedCell }) {
  const [isWhole, setIsWhole] = useState(false)
  const isCut = text !== null && text.length > LONG_TEXT && !isWhole
  return (
    <td className={styles.cell} data-differs={differs || undefined}>
      {differs && (
        <span className={styles.mark}>
          <span aria-hidden>≠</span>
          <span className="visually-hidden">Differs: </span>
        </span>
      )}
      {text === null ? <span className={styles.none}>none</span> : isCut ? text.slice(0, LONG_TEXT) : text}
      {isCut && (
        <button type="button" className={styles.more} onClick={() => setIsWhole(true)}>
          … {formatCount(text.length - LONG_TEXT)} more characters
        </button>
      )}
    </td>
  )
}
