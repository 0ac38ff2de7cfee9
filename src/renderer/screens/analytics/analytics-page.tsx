import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useMemo, type ReactElement } from 'react'
import type { Queue, Stats } from '../../../shared/domain/queue.ts'
import { Page } from '../../app/frame/page.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { Button } from '../../ui/button.tsx'
import { formatShortCount } from '../../ui/format/count.ts'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { sumCounts } from '../overview/sum-counts.ts'
import styles from './analytics.module.css'
import type { AnalyticsPeriod, AnalyticsSearch } from './analytics-search.ts'
import { byName } from './by-name.ts'
import { inShort } from './in-short.ts'
import { NamesPanel } from './names-panel.tsx'
import { PatternsPanel } from './patterns-panel.tsx'
import { StatePanel } from './state-panel.tsx'
import { useAnalytics } from './use-analytics.ts'

const route = getRouteApi('/analytics')
const AnalyticsCharts = lazy(() =>
  import('./analytics-charts.tsx').then((module) => ({ default: module.AnalyticsCharts })),
)

const PERIOD_CHOICES = [
  { value: '1h', label: '1 h' },
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
] as const
const PERIOD_WORDS: Readonly<Record<AnalyticsPeriod, string>> = {
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  '30d': 'the last 30 days',
}
/** A queue's name is never empty, so this stands for all of them. */
const ALL = ''

/** How it went: by period, from the figures that are kept for a month. */
export function AnalyticsPage(): ReactElement {
  const { period = '24h', queue } = route.useSearch()
  const { stats, queues, totals, trends } = useAnalytics(period, queue)
  const shownQueues = (queues.data ?? []).filter(({ name }) => queue === undefined || name === queue)
  const names = useMemo(() => byName(totals.data ?? [], queue), [totals.data, queue])
  return (
    <Page
      title="Analytics"
      filters={<AnalyticsFilters period={period} queue={queue} queues={queues.data ?? []} />}
    >
      <QueryContent query={stats} what="figures">
        {(figures) => (
          <div className={styles.page}>
            <Short stats={figures} />
            <Charts stats={figures} />
            <div className={styles.wide}>
              <NamesPanel names={names} queue={queue} />
              <StatePanel counts={sumCounts(shownQueues)} queue={queue} />
            </div>
            <div className={styles.wide}>
              <PatternsPanel trends={trends.data} when={PERIOD_WORDS[period]} />
            </div>
          </div>
        )}
      </QueryContent>
    </Page>
  )
}

/** Drawing charts takes longest: it gives way to everything else. */
function Charts({ stats }: { readonly stats: Stats }) {
  const deferred = useDeferredValue(stats)
  return (
    <Suspense fallback={<div className={styles.chartsPlaceholder} />}>
      <AnalyticsCharts stats={deferred} />
    </Suspense>
  )
}

function Short({ stats }: { readonly stats: Stats }) {
  return (
    <dl className={styles.short} aria-label="In short">
      {inShort(stats).map(({ label, value, meaning }) => (
        <div key={label} className={styles.tile}>
          <dt>{label}</dt>
          <dd className={styles.tileValue}>{value}</dd>
          <dd className={styles.tileMeaning} title={meaning}>
            {meaning}
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface AnalyticsFiltersProps {
  readonly period: AnalyticsPeriod
  readonly queue: string | undefined
  readonly queues: readonly Queue[]
}

function AnalyticsFilters({ period, queue, queues }: AnalyticsFiltersProps) {
  const navigate = useNavigate({ from: '/analytics' })
  const change = (next: AnalyticsSearch) =>
    void navigate({ search: { period, queue, ...next }, replace: true })
  return (
    <>
      <Segmented
        label="Period"
        choices={PERIOD_CHOICES}
        value={period}
        onChange={(next) => change({ period: next })}
      />
      <Menu
        trigger={
          <Button>
            <span className="truncate">{queue ?? 'All queues'}</span>
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        <MenuChoice
          label="Queue"
          choices={[
            { value: ALL, label: 'All queues' },
            ...queues.map(({ name, counts }) => ({
              value: name,
              label: name,
              hint: formatShortCount(counts.pending),
            })),
          ]}
          value={queue ?? ALL}
          onChange={(next) => change({ queue: next === ALL ? undefined : next })}
        />
      </Menu>
    </>
  )
}
