import { CheckCheck, ShieldCheck } from 'lucide-react'
import type { Alert } from '../../../shared/domain/alert.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useAction } from '../../app/use-action.ts'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { countOf } from '../../ui/format/count.ts'
import { AlertRow } from './alert-row.tsx'
import { ALERT_TITLES } from './alert-words.ts'
import styles from './alerts.module.css'
import { useOpenAlerts } from '../../app/use-open-alerts.ts'

/** What is wrong now, newest first. One that clears goes to the history by itself. */
export function OpenAlerts() {
  const { client } = useBroker()
  const alerts = useOpenAlerts()
  const act = useAction()
  const unchangeable = useUnchangeable('alerts')
  const acknowledge = (alert: Alert) =>
    void act(async () => {
      await client.alerts.acknowledge({ id: alert.id })
      return `Acknowledged: ${ALERT_TITLES[alert.type]}`
    }, 'It was not acknowledged.')
  const acknowledgeAll = (unseen: readonly Alert[]) =>
    void act(async () => {
      await Promise.all(unseen.map(({ id }) => client.alerts.acknowledge({ id })))
      return `Acknowledged ${countOf(unseen.length, 'alert')}`
    }, 'Not all were acknowledged.')
  return (
    <QueryContent query={alerts} what="alerts">
      {(open) => {
        const unseen = open.filter(({ state }) => state === 'active')
        return open.length === 0 ? (
          <EmptyState icon={ShieldCheck} title="Nothing is wrong">
            The broker looks at its rules all the time. What breaks one appears here, until it is over.
          </EmptyState>
        ) : (
          <>
            <div className={styles.bar}>
              <span>
                {countOf(unseen.length, 'alert')} nobody has seen, {open.length - unseen.length} acknowledged
              </span>
              <Button
                icon={CheckCheck}
                disabledReason={unchangeable ?? (unseen.length === 0 ? 'All have been acknowledged' : null)}
                onClick={() => acknowledgeAll(unseen)}
              >
                Acknowledge all
              </Button>
            </div>
            <ul className={styles.alerts} aria-label="Open alerts">
              {open.map((alert) => (
                <AlertRow key={alert.id} alert={alert} onAcknowledge={acknowledge} />
              ))}
            </ul>
          </>
        )
      }}
    </QueryContent>
  )
}
