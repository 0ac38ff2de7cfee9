import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import type { HandlerList } from '../../../shared/domain/worker.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { overlay } from '../../app/overlay-store.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { countOf } from '../../ui/format/count.ts'
import { formatDuration } from '../../ui/format/duration.ts'
import { Panel } from '../../ui/panel.tsx'
import table from '../../ui/table.module.css'
import styles from './settings.module.css'

/** What can be run here, where it comes from, and which files could not be loaded. */
export function HandlersPanel() {
  const { queries } = useBroker()
  const handlers = useQuery(queries.handlers.queryOptions({ refetchInterval: 5_000 }))
  const count = (handlers.data?.handlers.length ?? 0) + (handlers.data?.external.length ?? 0)
  return (
    <Panel
      title="Handlers"
      note={
        handlers.data === undefined
          ? null
          : `${countOf(count, 'task name')} known; they run with your own rights on this computer`
      }
    >
      <QueryContent query={handlers} what="handlers">
        {(list) => <Handlers {...list} />}
      </QueryContent>
    </Panel>
  )
}

function Handlers({ handlers, problems, external }: HandlerList) {
  return (
    <>
      {problems.map(({ file, message }) => (
        <div key={`${file}\n${message}`} className={styles.problem} role="status">
          <TriangleAlert size={16} strokeWidth={1.5} aria-hidden />
          <div>
            <p className={styles.label}>{file} could not be loaded</p>
            <pre className={styles.message}>{message}</pre>
          </div>
        </div>
      ))}
      <table className={table.table} aria-label="Handlers">
        <thead>
          <tr>
            <th className={table.head}>Task name</th>
            <th className={table.head}>From</th>
            <th className={classNames(table.head, table.numeric, styles.number)}>Timeout</th>
            <th className={classNames(table.head, table.numeric, styles.number)}>Retries</th>
            <th className={classNames(table.head, styles.submit)}>
              <span className="visually-hidden">Submit</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {handlers.map(({ name, file, timeoutMs, maxRetries }) => (
            <tr key={name} className={table.row}>
              <td className={classNames(table.cell, 'mono')} title={name}>
                {name}
              </td>
              <td className={classNames(table.cell, table.quiet)} title={file ?? undefined}>
                {file ?? 'built in'}
              </td>
              <td className={classNames(table.cell, table.numeric, table.quiet)}>
                {timeoutMs === null ? 'the queue’s' : formatDuration(timeoutMs)}
              </td>
              <td className={classNames(table.cell, table.numeric, table.quiet)}>
                {maxRetries ?? 'the queue’s'}
              </td>
              <td className={classNames(table.cell, table.numeric)}>
                <Button size="small" variant="ghost" onClick={() => overlay.openSubmit({ name })}>
                  Submit…
                </Button>
              </td>
            </tr>
          ))}
          {external.map(({ name, workerIds }) => (
            <tr key={`external ${name}`} className={table.row}>
              <td className={classNames(table.cell, 'mono')} title={name}>
                {name}
              </td>
              <td className={classNames(table.cell, table.quiet)} colSpan={4}>
                {countOf(workerIds.length, 'external worker')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
