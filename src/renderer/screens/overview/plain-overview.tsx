import type { ReactNode } from 'react'
import type { Overview } from '../../../shared/domain/overview.ts'
import { NotTold, useUntold } from '../../app/use-untold.tsx'
import { formatCount } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import styles from './plain-overview.module.css'

interface PlainOverviewProps {
  readonly overview: Overview
  /** Why there are no charts. */
  readonly reason: string
}

/** Of a broker that tells how things stand, and not how they went: its figures alone. */
export function PlainOverview({ overview, reason }: PlainOverviewProps) {
  const untold = useUntold('overview')
  const { counts, totals, workers, queues, slots, deadLetters } = overview
  const told = (field: keyof Overview, value: ReactNode) => (untold.includes(field) ? <NotTold /> : value)
  return (
    <Panel title="Now" note={reason}>
      <dl className={styles.figures}>
        <Figure name="Pending">{told('counts', formatCount(counts.pending))}</Figure>
        <Figure name="Running">{told('counts', formatCount(counts.running))}</Figure>
        <Figure name="Succeeded">{told('totals', formatCount(totals.succeeded))}</Figure>
        <Figure name="Failed">{told('totals', formatCount(totals.failed))}</Figure>
        <Figure name="Dead letters">{told('deadLetters', formatCount(deadLetters))}</Figure>
        <Figure name="Queues">{told('queues', formatCount(queues.total))}</Figure>
        <Figure name="Workers">{told('workers', formatCount(workers.total))}</Figure>
        <Figure name="Slots busy">
          {told('slots', `${formatCount(slots.busy)} of ${formatCount(slots.total)}`)}
        </Figure>
      </dl>
    </Panel>
  )
}

const Figure = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className={styles.figure}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
