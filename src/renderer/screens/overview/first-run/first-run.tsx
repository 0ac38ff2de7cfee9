import { lazy, Suspense } from 'react'
import type { SystemStatus } from '../../../../shared/contract/contract.ts'
import type { Overview } from '../../../../shared/domain/overview.ts'
import type { Queue, Stats } from '../../../../shared/domain/queue.ts'
import pageStyles from '../overview-page.module.css'
import type { OverviewPeriod } from '../overview-search.ts'
import { StatTiles } from '../stat-tiles.tsx'
import { TickerPanel } from '../ticker-panel.tsx'
import { buildTiles } from '../tiles.ts'
import { FirstRunCard } from './first-run-card.tsx'
import styles from './first-run.module.css'
import { SampleLoadPanel } from './sample-load-panel.tsx'

const ThroughputPanel = lazy(() =>
  import('../../../charts/throughput-panel.tsx').then((module) => ({ default: module.ThroughputPanel })),
)

interface FirstRunProps {
  readonly overview: Overview
  readonly stats: Stats
  readonly queues: readonly Queue[]
  readonly status: SystemStatus | undefined
  readonly period: OverviewPeriod
  readonly onClose: () => void
}

/** The Overview before the first task: the same page, and in its middle how to send one. */
export function FirstRun({ overview, stats, queues, status, period, onClose }: FirstRunProps) {
  const { counts, deadLetters, slots } = overview
  const tiles = buildTiles({ period, stats, longerStats: undefined, counts, deadLetters, slots, queues })
  return (
    <div className={pageStyles.page}>
      <StatTiles tiles={tiles} lines={{}} queue={undefined} />
      <FirstRunCard
        slots={slots.total}
        status={status}
        hasTasks={overview.totals.submitted > 0}
        onClose={onClose}
      />
      <SampleLoadPanel queues={queues} isOffered />
      <div className={styles.foot}>
        <Suspense fallback={<div className={pageStyles.chartsPlaceholder} />}>
          <ThroughputPanel stats={stats} hasFailures={false} />
        </Suspense>
        <TickerPanel queue={undefined} rows={7} />
      </div>
    </div>
  )
}
