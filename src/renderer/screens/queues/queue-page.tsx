import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ArrowLeft, ListChecks, Pause, Play, SearchX, Settings2, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { PERIODS, type Period, type Queue } from '../../../shared/domain/queue.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { Page } from '../../app/frame/page.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useLacking } from '../../app/use-lacking.ts'
import { useShownNow } from '../../app/use-shown-now.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { countPurged } from './purge-dialog.tsx'
import type { QueueQuestion } from './queue-buttons.tsx'
import { QueueDialogs } from './queue-dialogs.tsx'
import { QueueFigures } from './queue-figures.tsx'
import { QueueSettingsPanel, QueueStatesPanel } from './queue-panels.tsx'
import styles from './queues.module.css'
import { isQueueName } from './queues-search.ts'
import { useQueueActions } from './use-queue-actions.ts'

const ChartsRow = lazy(() =>
  import('../overview/charts-row.tsx').then((module) => ({ default: module.ChartsRow })),
)

const route = getRouteApi('/queues/$queue')
const PERIOD_LABELS: Readonly<Record<Period, string>> = {
  '15m': '15 min',
  '1h': '1 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
}

/** One queue: how it is doing now and over time, and what it is allowed to do. */
export function QueuePage(): ReactElement {
  const { queue: name } = route.useParams()
  const { period = '1h' } = route.useSearch()
  const navigate = route.useNavigate()
  const { queries, live } = useBroker()
  const query = useLiveQuery({
    live,
    query: queries.queues.get.queryOptions({ input: { name }, enabled: isQueueName(name) }),
    everyMs: 1000,
    idleMs: 5000,
  })
  const isUnknown =
    !isQueueName(name) || (query.error !== null && describeFailure(query.error).code === 'QUEUE_NOT_FOUND')
  return (
    <Page
      title={name}
      filters={
        <Segmented
          label="Period"
          choices={PERIODS.map((value) => ({ value, label: PERIOD_LABELS[value] }))}
          value={period}
          onChange={(next) => void navigate({ search: { period: next }, replace: true })}
        />
      }
    >
      {isUnknown ? (
        <EmptyState icon={SearchX} title="No such queue" actions={<Link to="/queues">All queues</Link>}>
          A queue exists from the first task or setting that names it.
        </EmptyState>
      ) : (
        <QueryContent query={query} what="figures of this queue">
          {(queue) => <QueueDetail queue={queue} period={period} askedAt={query.dataUpdatedAt} />}
        </QueryContent>
      )}
    </Page>
  )
}

interface QueueDetailProps {
  readonly queue: Queue
  readonly period: Period
  readonly askedAt: number
}

function QueueDetail({ queue, period, askedAt }: QueueDetailProps) {
  const { name, isPaused } = queue
  const { queries, live } = useBroker()
  const navigate = useNavigate()
  const now = useShownNow(askedAt)
  const actions = useQueueActions()
  const lacking = useLacking('pauseQueues')
  const lacksSettings = useLacking('queueSettings')
  const lacksStats = useLacking('stats')
  const lacksPurge = useLacking('purgeQueues')
  const [question, setQuestion] = useState<QueueQuestion | null>(null)
  const { data: stats } = useLiveQuery({
    live,
    query: queries.stats.queryOptions({ input: { period, queue: name }, placeholderData: keepPreviousData }),
    everyMs: 2000,
    idleMs: 10_000,
  })
  return (
    <div className={styles.detail}>
      <div className={styles.head}>
        <Link to="/queues" className={styles.back}>
          <ArrowLeft size={14} strokeWidth={1.75} aria-hidden /> All queues
        </Link>
        <Button icon={ListChecks} onClick={() => void navigate({ to: '/tasks', search: { queue: name } })}>
          Its tasks
        </Button>
        <Button
          icon={Settings2}
          disabledReason={lacksSettings}
          onClick={() => setQuestion({ kind: 'settings', name })}
        >
          Settings…
        </Button>
        <Button
          icon={isPaused ? Play : Pause}
          disabledReason={lacking}
          onClick={() => actions.setPaused(queue, !isPaused)}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <Button
          variant="danger"
          icon={Trash2}
          disabledReason={lacksPurge ?? (countPurged(queue) === 0 ? 'Nothing waits in it.' : null)}
          onClick={() => setQuestion({ kind: 'purge', name })}
        >
          Purge…
        </Button>
      </div>
      <QueueFigures queue={queue} stats={lacksStats === null ? stats : null} now={now} />
      {lacksStats === null ? (
        <Suspense fallback={<div className={styles.chartsPlaceholder} />}>
          {stats === undefined ? (
            <div className={styles.chartsPlaceholder} />
          ) : (
            <ChartsRow stats={stats} queue={name} />
          )}
        </Suspense>
      ) : (
        <Panel title="Over time">
          <p className={styles.nothing}>{lacksStats}</p>
        </Panel>
      )}
      <div className={styles.columns}>
        <QueueStatesPanel queue={queue} />
        <QueueSettingsPanel queue={queue} />
      </div>
      <QueueDialogs
        question={question}
        queues={[queue]}
        actions={actions}
        onClose={() => setQuestion(null)}
      />
    </div>
  )
}
