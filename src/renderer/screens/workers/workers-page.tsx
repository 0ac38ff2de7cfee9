import { getRouteApi } from '@tanstack/react-router'
import { Cpu, Plus, SearchX } from 'lucide-react'
import { useRef, useState, type ReactElement } from 'react'
import { WORKER_STATUSES, type Worker } from '../../../shared/domain/worker.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { FreshnessNote } from '../../app/frame/freshness-note.tsx'
import { Page } from '../../app/frame/page.tsx'
import { useUntold, withoutUntold } from '../../app/use-untold.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useKeys } from '../../app/keys/use-keys.ts'
import { useLacking } from '../../app/use-lacking.ts'
import { useShownNow } from '../../app/use-shown-now.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, focusFirstRow } from '../../ui/data-table/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterBar, type FilterBarHandle } from '../../ui/filter-bar.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { CapacityPanel } from './capacity-panel.tsx'
import { RunningTasks } from './running-tasks.tsx'
import { useWorkerActions } from './use-worker-actions.ts'
import { WorkerButtons } from './worker-buttons.tsx'
import { WORKER_FIELDS, workerColumns } from './worker-columns.tsx'
import { WorkerDialogs, type WorkerQuestion } from './worker-dialogs.tsx'
import { countByStatus, matchesText } from './worker-words.ts'
import styles from './workers.module.css'
import type { WorkersSearch } from './workers-search.ts'

const route = getRouteApi('/workers')
const keyOf = ({ id }: Worker) => id

/** Who runs tasks, how much of it, and whether it is enough. */
export function WorkersPage(): ReactElement {
  const { queries, live } = useBroker()
  const { text = '', status, open } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useLiveQuery({
    live,
    query: queries.workers.list.queryOptions(),
    everyMs: 1000,
    idleMs: 2000,
  })
  const { data: queues } = useLiveQuery({ live, query: queries.queues.list.queryOptions(), everyMs: 1000 })
  const now = useShownNow(query.dataUpdatedAt)
  const actions = useWorkerActions()
  const lacking = useLacking('addWorkers')
  const [question, setQuestion] = useState<WorkerQuestion | null>(null)
  const filter = useRef<FilterBarHandle>(null)
  useKeys({ '/': () => filter.current?.focus(), j: focusFirstRow })

  const search = (change: Partial<WorkersSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const unfold = ({ id }: Worker) => search({ open: open === id ? undefined : id })
  const untold = useUntold('worker')
  const all = workerColumns({
    now,
    openId: open,
    onUnfold: unfold,
    renderButtons: (worker) => <WorkerButtons worker={worker} actions={actions} onAsk={setQuestion} />,
  })
  const columns = withoutUntold(all, WORKER_FIELDS, untold)
  const counts = countByStatus(query.data ?? [])
  const statuses = ['all' as const, ...WORKER_STATUSES.filter((each) => counts[each] > 0 || each === status)]

  return (
    <Page
      title="Workers"
      filters={
        <Segmented
          label="Status"
          choices={statuses.map((each) => ({
            value: each,
            label: `${each.charAt(0).toUpperCase()}${each.slice(1)} ${counts[each]}`,
          }))}
          value={status ?? 'all'}
          onChange={(next) => search({ status: next === 'all' ? undefined : next })}
        />
      }
    >
      <QueryContent query={query} what="workers">
        {(workers: readonly Worker[]) => {
          const found = workers.filter(
            (worker) => (status === undefined || worker.status === status) && matchesText(worker, text),
          )
          return (
            <div className={styles.page}>
              <CapacityPanel workers={workers} queues={queues ?? []} />
              <Panel className={styles.list}>
                <FilterBar
                  ref={filter}
                  label="Search workers, queues, running tasks"
                  text={text}
                  onText={(next) => search({ text: next === '' ? undefined : next })}
                >
                  <Button icon={Plus} disabledReason={lacking} onClick={() => setQuestion({ kind: 'add' })}>
                    Add local worker…
                  </Button>
                </FilterBar>
                {found.length === 0 ? (
                  <NoWorkers
                    isEmpty={workers.length === 0}
                    onClear={() => search({ text: undefined, status: undefined })}
                  />
                ) : (
                  <DataTable
                    label="Workers"
                    columns={columns}
                    rows={found}
                    keyOf={keyOf}
                    size="double"
                    onOpen={unfold}
                    renderUnder={(worker) =>
                      worker.id === open ? <RunningTasks worker={worker} now={now} /> : null
                    }
                    isFaded={(worker) => worker.status === 'offline'}
                  />
                )}
              </Panel>
              <footer className={styles.foot}>
                {LEGEND.map(({ slot, word }) => (
                  <span key={slot} className={styles.legend}>
                    <span className={styles.block} data-slot={slot} aria-hidden /> {word}
                  </span>
                ))}
                <FreshnessNote />
              </footer>
              <WorkerDialogs question={question} actions={actions} onClose={() => setQuestion(null)} />
            </div>
          )
        }}
      </QueryContent>
    </Page>
  )
}

const LEGEND = [
  { slot: 'busy', word: 'Busy' },
  { slot: 'free', word: 'Free' },
  { slot: 'closed', word: 'Taking no tasks' },
] as const

function NoWorkers({ isEmpty, onClear }: { readonly isEmpty: boolean; readonly onClear: () => void }) {
  if (isEmpty) {
    return (
      <EmptyState icon={Cpu} title="No worker yet">
        The threads of this computer start with Penstock. Workers elsewhere register over HTTP; see the API
        page.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No worker matches"
      actions={<Button onClick={onClear}>Show all</Button>}
    />
  )
}
