import { getRouteApi } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { Page } from '../../app/frame/page.tsx'
import { useLacking } from '../../app/use-lacking.ts'
import { FailureState } from '../../ui/failure-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { FirstRun } from './first-run/first-run.tsx'
import { OverviewFilters } from './overview-filters.tsx'
import { OverviewPanels } from './overview-panels.tsx'
import styles from './overview-page.module.css'
import { PlainOverview } from './plain-overview.tsx'
import { useOverviewData } from './use-overview-data.ts'

const route = getRouteApi('/')

/** Is anything wrong, what is running, how much of it. Before the first task: how to send one. */
export function OverviewPage(): ReactElement {
  const { period = '1h', queue } = route.useSearch()
  const { connection } = useBroker()
  const lacksStats = useLacking('stats')
  const data = useOverviewData(period, queue)
  const overview = data.overview.data
  // Decided once, so that nothing moves when the first task arrives; the reader closes it.
  const [isFirstRun, setIsFirstRun] = useState<boolean | null>(null)
  // How to begin is about the broker of this computer.
  if (isFirstRun === null && overview !== undefined)
    setIsFirstRun(connection === null && overview.totals.submitted === 0)

  return (
    <Page
      title="Overview"
      filters={<OverviewFilters period={period} queue={queue} queues={data.queues.data ?? []} />}
    >
      {overview !== undefined && lacksStats !== null ? (
        <PlainOverview overview={overview} reason={lacksStats} />
      ) : overview === undefined || data.stats.data === undefined ? (
        <Waiting
          failure={data.overview.error ?? data.stats.error}
          onRetry={() => void data.overview.refetch()}
        />
      ) : isFirstRun === true ? (
        <FirstRun
          overview={overview}
          stats={data.stats.data}
          queues={data.queues.data ?? []}
          status={data.status.data}
          period={period}
          onClose={() => setIsFirstRun(false)}
        />
      ) : (
        <OverviewPanels
          data={data}
          overview={overview}
          stats={data.stats.data}
          period={period}
          queue={queue}
        />
      )}
    </Page>
  )
}

/** The places of the panels, empty: a local broker answers before anything else would be seen. */
function Waiting({ failure, onRetry }: { readonly failure: Error | null; readonly onRetry: () => void }) {
  if (failure !== null) {
    return (
      <Panel>
        <FailureState
          title="The Overview could not be read."
          detail={describeFailure(failure).message}
          onRetry={onRetry}
        />
      </Panel>
    )
  }
  return (
    <div className={styles.page} role="group" aria-busy="true" aria-label="Reading the Overview">
      <div className={styles.placeholder} data-size="tiles" />
      <div className={styles.placeholder} data-size="charts" />
    </div>
  )
}
