import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SystemStatus } from '../../../../shared/contract/contract.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { countOf } from '../../../ui/format/count.ts'
import styles from './first-run-card.module.css'
import { FromHere } from './from-here.tsx'
import { FromTerminal } from './from-terminal.tsx'
import { OwnHandler } from './own-handler.tsx'

interface FirstRunCardProps {
  readonly slots: number
  readonly status: SystemStatus | undefined
  readonly hasTasks: boolean
  readonly onClose: () => void
}

/** Three ways to send the first task, side by side. */
export function FirstRunCard({ slots, status, hasTasks, onClose }: FirstRunCardProps) {
  const { queries } = useBroker()
  const { data: handlerList } = useQuery(queries.handlers.queryOptions())
  const handlers = handlerList?.handlers ?? []
  const builtIn = handlers.filter(({ file }) => file === null).map(({ name }) => name)
  return (
    <section className={styles.card} aria-labelledby="first-run">
      <header className={styles.header}>
        <h2 id="first-run" className={styles.heading}>
          {hasTasks ? 'The first task is in.' : 'The broker is running. Send it a task.'}
        </h2>
        {hasTasks ? (
          <Button onClick={onClose}>Show the whole Overview</Button>
        ) : (
          <IconButton icon={X} label="Close" onClick={onClose} />
        )}
        <ul className={styles.facts}>
          {status !== undefined && (
            <Fact>
              <strong>Listening</strong> on {listenersText(status.listeners.map(({ address }) => address))}
            </Fact>
          )}
          <Fact>
            <strong>{countOf(slots, 'thread')}</strong> ready
          </Fact>
          {handlers.length > 0 && (
            <Fact>
              <strong>{countOf(handlers.length, 'handler')}</strong>
              {builtIn.length === handlers.length ? ' built in' : ''}:{' '}
              {handlers.map(({ name }) => name).join(', ')}
            </Fact>
          )}
        </ul>
      </header>
      <div className={styles.ways}>
        <FromHere />
        <FromTerminal listeners={status?.listeners ?? []} />
        <OwnHandler tasksFolder={status?.tasksFolder ?? null} canOpen={status?.canOpenFolders ?? false} />
      </div>
    </section>
  )
}

function Fact({ children }: { readonly children: ReactNode }) {
  return (
    <li className={styles.fact}>
      <Check size={14} strokeWidth={2} aria-hidden />
      <span className={styles.factText}>{children}</span>
    </li>
  )
}

/** `127.0.0.1:8080 and :8000`: the host is said once. */
function listenersText(addresses: readonly string[]): string {
  const places = addresses.map((address) => address.replace(/^https?:\/\//, ''))
  const [first, ...others] = places
  if (first === undefined) return 'no address'
  const host = first.slice(0, first.lastIndexOf(':'))
  return [
    first,
    ...others.map((place) => (place.startsWith(`${host}:`) ? place.slice(host.length) : place)),
  ].join(' and ')
}
