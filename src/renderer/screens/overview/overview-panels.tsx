import { lazy, Suspense, useDeferredValue } from 'react'
import { useStore } from 'zustand'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { Stats } from '../../../shared/domain/queue.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useUntold } from '../../app/use-untold.tsx'
import { finishedOf, rateSeries } from '../../charts/rate-series.ts'
import { useIsPaused } from '../../live/live-mode.ts'
import { useNow } from '../../ui/now.ts'
import { AttentionList } from './attention-list.tsx'
import { findTrouble } from './attention.ts'
import { BusiestQueuesPanel } from './busiest-queues-panel.tsx'
import { SampleLoadPanel } from './first-run/sample-load-panel.tsx'
import { useGaugeLines } from './gauge-store.ts'
import { LatestFailuresPanel } from './latest-failures-panel.tsx'
import type { OverviewPeriod } from './overview-search.ts'
import styles from './overview-page.module.css'
import { sumCounts } from './sum-counts.ts'
import { StatTiles } from './stat-tiles.tsx'
import { TickerPanel } from './ticker-panel.tsx'
import { buildTiles } from './tiles.ts'
import { useMaskedFailures } from './use-masked-failures.ts'
import { UnfinishedRow } from './unfinished-row.tsx'
import type { useOverviewData } from './use-overview-data.ts'

const ChartsRow = lazy(() => import('./charts-row.tsx').then((module) => ({ default: module.ChartsRow })))

const TICKER_ROWS = 10

interface OverviewPanelsProps {
  readonly data: ReturnType<typeof useOverviewData>
  readonly overview: Overview
  readonly stats: Stats
  readonly period: OverviewPeriod
  readonly queue: string | undefined
}

const NO_FAILURES: readonly FailureGroup[] = []

/** The Overview at work: trouble first, then figures, then charts, then lists. */
export function OverviewPanels({ data, overview, stats, period, queue }: OverviewPanelsProps) {
  const { id, live } = useBroker()
  const connection = useStore(live.store, (state) => state.connection)
  const isPaused = useIsPaused()
  const clock = useNow()
  // Ages stand still with the figures they belong to.
  const now = connection.status === 'lost' ? connection.since : isPaused ? overview.at : clock
  const allQueues = data.queues.data ?? []
  const queues = queue === undefined ? allQueues : allQueues.filter(({ name }) => name === queue)
  const untold = useUntold('queue')
  const failures = useMaskedFailures(data.failures.data ?? NO_FAILURES)
  // From one answer, so that a figure and its "of them in …" always agree; no queue, no tasks.
  const counts = data.queues.data === undefined ? overview.counts : sumCounts(queues)
  const deadLetters = queues.reduce((sum, queue) => sum + queue.deadLetters, 0)
  const gaugeLines = useGaugeLines(
    `${id}/${queue ?? ''}`,
    { pending: counts.pending, running: counts.running, dead: deadLetters },
    overview.at,
  )
  const trouble = findTrouble({
    now,
    lostForMs: connection.status === 'lost' ? clock - connection.since : null,
    health: data.health.data,
    queues,
    untold,
    failures,
    slots: overview.slots,
    handlerProblems: data.handlers.data?.problems ?? [],
  })
  const tiles = buildTiles({
    period,
    stats,
    longerStats: data.longerStats.data,
    counts,
    deadLetters,
    slots: overview.slots,
    queues,
  })
  // Drawing charts takes longest: it gives way to everything else.
  const chartStats = useDeferredValue(stats)
  const rates = rateSeries(stats)
  return (
    <div className={styles.page}>
      <AttentionList items={trouble} />
      <SampleLoadPanel queues={allQueues} isOffered={false} />
      <StatTiles
        tiles={tiles}
        queue={queue}
        lines={{
          ...gaugeLines,
          processed: {
            values: rates.map(({ succeeded, failed }) => succeeded + failed),
            title: 'Finished per second',
          },
          failed: { values: rates.map(({ failed }) => failed), title: 'Failed per second' },
          success: { values: stats.buckets.flatMap(successOf), title: 'Success rate, by step' },
        }}
      >
        <UnfinishedRow counts={counts} />
      </StatTiles>
      <Suspense fallback={<div className={styles.chartsPlaceholder} />}>
        <ChartsRow stats={chartStats} queue={queue} />
      </Suspense>
      <div className={styles.lists}>
        <BusiestQueuesPanel queues={queues} now={now} />
        <LatestFailuresPanel failures={failures} />
        <TickerPanel queue={queue} rows={TICKER_ROWS} />
      </div>
    </div>
  )
}

/** The share that succeeded; a step in which nothing finished says nothing. */
function successOf(bucket: Stats['buckets'][number]): readonly number[] {
  const finished = finishedOf(bucket)
  return finished === 0 ? [] : [bucket.succeeded / finished]
}
