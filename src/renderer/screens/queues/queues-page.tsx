import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Layers, Plus, SearchX } from 'lucide-react'
import { useRef, useState, type ReactElement } from 'react'
import type { Queue } from '../../../shared/domain/queue.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { FreshnessNote } from '../../app/frame/freshness-note.tsx'
import { Page } from '../../app/frame/page.tsx'
import { useUntold, withoutUntold } from '../../app/use-untold.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useKeys } from '../../app/keys/use-keys.ts'
import { overlay } from '../../app/overlay-store.ts'
import { useShownNow } from '../../app/use-shown-now.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, focusFirstRow } from '../../ui/data-table/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterBar, type FilterBarHandle } from '../../ui/filter-bar.tsx'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { QueueButtons, type QueueQuestion } from './queue-buttons.tsx'
import { QUEUE_FIELDS, queueColumns } from './queue-columns.tsx'
import { QueueDialogs } from './queue-dialogs.tsx'
import styles from './queues.module.css'
import { useQueueActions } from './use-queue-actions.ts'

const route = getRouteApi('/queues')

/** Every queue: how deep, how fast, since when the oldest task waits, and who takes from it. */
export function QueuesPage(): ReactElement {
  const { queries, live } = useBroker()
  const { text = '', sort = 'name', down = false } = route.useSearch()
  const goTo = useNavigate()
  const navigate = route.useNavigate()
  const query = useLiveQuery({ live, query: queries.queues.list.queryOptions(), everyMs: 1000, idleMs: 5000 })
  const now = useShownNow(query.dataUpdatedAt)
  const actions = useQueueActions()
  const [question, setQuestion] = useState<QueueQuestion | null>(null)
  const filter = useRef<FilterBarHandle>(null)
  useKeys({ '/': () => filter.current?.focus(), j: focusFirstRow })

  const untold = useUntold('queue')
  const all = queueColumns(now, untold, (queue) => (
    <QueueButtons
      queue={queue}
      onPause={(isPaused) => actions.setPaused(queue, isPaused)}
      onAsk={setQuestion}
      onTasks={() => void goTo({ to: '/tasks', search: { queue: queue.name } })}
    />
  ))
  const columns = withoutUntold(all, QUEUE_FIELDS, untold)
  const search = (change: object, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace })

  return (
    <Page title="Queues" layout="fill">
      <FilterBar
        ref={filter}
        label="Search queues"
        text={text}
        onText={(next) => search({ text: next === '' ? undefined : next }, true)}
      />
      <QueryContent query={query} what="queues">
        {(queues: readonly Queue[]) => {
          const found = queues.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
          return (
            <div className={styles.page}>
              <div className={styles.list}>
                {found.length === 0 ? (
                  <NoQueues
                    text={text}
                    isEmpty={queues.length === 0}
                    onClear={() => search({ text: undefined })}
                  />
                ) : (
                  <DataTable
                    label="Queues"
                    columns={columns}
                    rows={found}
                    keyOf={({ name }) => name}
                    size="double"
                    sort={{ column: sort, isDescending: down }}
                    onSort={({ column, isDescending }) => search({ sort: column, down: isDescending })}
                    onOpen={({ name }) => void goTo({ to: '/queues/$queue', params: { queue: name } })}
                    isHeld={question !== null}
                  />
                )}
              </div>
              <footer className={styles.foot}>
                <span>
                  {found.length === queues.length
                    ? countOf(queues.length, 'queue')
                    : `${formatCount(found.length)} of ${countOf(queues.length, 'queue')}`}
                </span>
                <FreshnessNote />
              </footer>
              <QueueDialogs
                question={question}
                queues={queues}
                actions={actions}
                onClose={() => setQuestion(null)}
              />
            </div>
          )
        }}
      </QueryContent>
    </Page>
  )
}

interface NoQueuesProps {
  readonly text: string
  readonly isEmpty: boolean
  readonly onClear: () => void
}

function NoQueues({ text, isEmpty, onClear }: NoQueuesProps) {
  if (!isEmpty) {
    return (
      <EmptyState
        icon={SearchX}
        title="No queue matches"
        actions={<Button onClick={onClear}>Clear the search</Button>}
      >
        No queue has “{text}” in its name.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={Layers}
      title="No queue yet"
      actions={
        <Button variant="primary" icon={Plus} onClick={() => overlay.openSubmit()}>
          Submit a task
        </Button>
      }
    >
      A queue appears with the first task that names it. Tasks that name none wait in “default”.
    </EmptyState>
  )
}
