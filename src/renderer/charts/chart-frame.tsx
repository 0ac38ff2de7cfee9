import { ChartLine, Table2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Panel } from '../ui/panel.tsx'
import styles from './chart-frame.module.css'

export interface ChartTable {
  /** The first is the step; the others are figures. */
  readonly heads: readonly string[]
  /** Newest first. A step in progress says so in its first cell. */
  readonly rows: readonly (readonly string[])[]
}

interface ChartFrameProps {
  readonly title: string
  readonly note?: ReactNode
  readonly legend?: ReactNode
  /** The same figures as a table; made only when it is shown. */
  readonly table: () => ChartTable
  readonly children: ReactNode
}

/** A chart in its panel, with the table behind it a click away. */
export function ChartFrame({ title, note, legend, table, children }: ChartFrameProps) {
  const [isTable, setIsTable] = useState(false)
  return (
    <Panel
      title={title}
      note={note}
      aside={
        <>
          {legend}
          <IconButton
            size="small"
            icon={isTable ? ChartLine : Table2}
            label={isTable ? `${title} as a chart` : `${title} as a table`}
            aria-pressed={isTable}
            onClick={() => setIsTable(!isTable)}
          />
        </>
      }
    >
      {isTable ? <Figures label={title} table={table()} /> : children}
    </Panel>
  )
}

function Figures({ label, table: { heads, rows } }: { readonly label: string; readonly table: ChartTable }) {
  return (
    // Focusable, so that the keyboard can scroll it.
    <div className={styles.scroller} tabIndex={0} role="region" aria-label={`${label}, as a table`}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([step = '', ...figures]) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              {figures.map((figure, index) => (
                <td key={heads[index + 1]}>{figure}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
