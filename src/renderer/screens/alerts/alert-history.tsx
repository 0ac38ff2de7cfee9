import { History } from 'lucide-react'
import { describeFailure } from '../../app/failure.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureState } from '../../ui/failure-state.tsx'
import { AlertRow } from './alert-row.tsx'
import styles from './alerts.module.css'
import { useAlertHistory } from './use-alerts.ts'

/** All alerts there were, newest first; the broker keeps cleared ones for 30 days. */
export function AlertHistory() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAlertHistory()
  const alerts = data?.pages.flatMap((page) => page.alerts)
  if (alerts === undefined) {
    return error === null ? (
      <div role="group" aria-busy="true" aria-label="Reading the history" />
    ) : (
      <FailureState
        title="The history could not be read."
        detail={describeFailure(error).message}
        onRetry={() => void refetch()}
      />
    )
  }
  if (alerts.length === 0)
    return (
      <EmptyState icon={History} title="There has been no alert">
        Alerts stay here for 30 days after they are over.
      </EmptyState>
    )
  return (
    <>
      <ul className={styles.alerts} aria-label="All alerts">
        {alerts.map((alert) => (
          <AlertRow key={alert.id} alert={alert} />
        ))}
      </ul>
      <div className={styles.more}>
        {hasNextPage ? (
          <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older ones
          </Button>
        ) : (
          'That is all: alerts are kept for 30 days after they are over.'
        )}
      </div>
    </>
  )
}
