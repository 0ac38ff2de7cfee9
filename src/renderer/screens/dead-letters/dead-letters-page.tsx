import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck, SearchX } from 'lucide-react'
import { useMemo, useRef, useState, type ReactElement } from 'react'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { FreshnessNote } from '../../app/frame/freshness-note.tsx'
import { Page } from '../../app/frame/page.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useKeys } from '../../app/keys/use-keys.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, focusFirstRow } from '../../ui/data-table/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterBar, type FilterBarHandle } from '../../ui/filter-bar.tsx'
import { useMaskText } from '../../ui/json/secret-reveal.tsx'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'
import { ActPanel } from './act-panel.tsx'
import { countTicked, NOTHING_TICKED, toggleAllGroups, toggleGroup, toggleTask } from './dead-selection.ts'
import styles from './dead-letters.module.css'
import type { DeadLettersSearch } from './dead-letters-search.ts'
import { groupColumns, matchesText } from './group-columns.tsx'
import { GroupTasks } from './group-tasks.tsx'
import { useDeadLetterActions } from './use-dead-letter-actions.ts'

const route = getRouteApi('/dead-letters')
/** As many as the broker tells at once. */
const MOST_GROUPS = 100
/** A queue's name is never empty, so this stands for all of them. */
const ALL = ''

const changesDeadLetters = ({ type }: BrokerEvent) =>
  type === 'task.failed' || type === 'task.timed_out' || type === 'task.replayed' || type === 'task.deleted'
const keyOf = ({ fingerprint }: FailureGroup) => fingerprint

/** What died and nobody has dealt with, by what killed it. */
export function DeadLettersPage(): ReactElement {
  const { queries, live } = useBroker()
  const { queue, text = '', open } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: queues = [] } = useLiveQuery({
    live,
    query: queries.queues.list.queryOptions(),
    everyMs: 1000,
    idleMs: 10_000,
  })
  const query = useLiveQuery({
    live,
    query: queries.deadLetters.groups.queryOptions({
      input: { queue, limit: MOST_GROUPS },
      placeholderData: keepPreviousData,
    }),
    everyMs: 1000,
    idleMs: 10_000,
    isTouchedBy: changesDeadLetters,
  })
  // What is ticked belongs to one queue's list.
  const [held, setHeld] = useState({ queue, selection: NOTHING_TICKED })
  if (held.queue !== queue) setHeld({ queue, selection: NOTHING_TICKED })
  const { selection } = held
  const select = (next: typeof selection) => setHeld({ queue, selection: next })
  const act = useDeadLetterActions()
  const filter = useRef<FilterBarHandle>(null)
  useKeys({ '/': () => filter.current?.focus(), j: focusFirstRow, Escape: () => select(NOTHING_TICKED) })

  const mask = useMaskText()

  const search = (change: Partial<DeadLettersSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const unfold = ({ fingerprint }: FailureGroup) =>
    search({ open: open === fingerprint ? undefined : fingerprint })
  const columns = useMemo(() => groupColumns(open, mask), [open, mask])
  const tabs = queues.filter(({ deadLetters, name }) => deadLetters > 0 || name === queue)
  const total = queues.reduce((sum, { deadLetters }) => sum + deadLetters, 0)

  return (
    <Page title="Dead letters" layout="fill">
      <Tabs
        label="Dead letters by queue"
        className={styles.tabs}
        items={[
          { value: ALL, label: 'All queues', count: total },
          ...tabs.map(({ name, deadLetters }) => ({ value: name, label: name, count: deadLetters })),
        ]}
        value={queue ?? ALL}
        onChange={(next) => search({ queue: next === ALL ? undefined : next, open: undefined })}
      >
        <TabPanel value={queue ?? ALL} className={styles.body}>
          <FilterBar
            ref={filter}
            label="Search errors and task names"
            text={text}
            onText={(next) => search({ text: next === '' ? undefined : next })}
          >
            <FreshnessNote />
          </FilterBar>
          <QueryContent query={query} what="dead letters">
            {(groups: readonly FailureGroup[]) => {
              const found = groups.filter((group) => matchesText(group, text))
              const count = countTicked(selection, found)
              return (
                <div className={styles.layout}>
                  <div className={styles.list}>
                    {found.length === 0 ? (
                      <NoGroups isEmpty={groups.length === 0} onClear={() => search({ text: undefined })} />
                    ) : (
                      <DataTable
                        label="Errors"
                        columns={columns}
                        rows={found}
                        keyOf={keyOf}
                        size="double"
                        onOpen={unfold}
                        isHeld={open !== undefined}
                        ticks={{
                          ticked: selection.groups,
                          onTick: (key) => select(toggleGroup(selection, key)),
                          onTickAll: () => select(toggleAllGroups(selection, found)),
                          nameOf: (key) => key,
                        }}
                        renderUnder={(group) =>
                          group.fingerprint === open ? (
                            <GroupTasks
                              group={group}
                              queue={queue}
                              selection={selection}
                              onTick={(task, loaded) => select(toggleTask(selection, task, loaded))}
                            />
                          ) : null
                        }
                      />
                    )}
                  </div>
                  <ActPanel
                    count={count}
                    queue={queue}
                    onAct={(action) => {
                      const isEverything = found.length === groups.length && groups.length < MOST_GROUPS
                      void act(action, { selection, groups: found, queue, isEverything })
                      select(NOTHING_TICKED)
                    }}
                  />
                </div>
              )
            }}
          </QueryContent>
        </TabPanel>
      </Tabs>
    </Page>
  )
}

function NoGroups({ isEmpty, onClear }: { readonly isEmpty: boolean; readonly onClear: () => void }) {
  return isEmpty ? (
    <EmptyState icon={CircleCheck} title="No dead letters">
      Every task that died has been dealt with, or none has died. What fails for good comes here with its
      error.
    </EmptyState>
  ) : (
    <EmptyState
      icon={SearchX}
      title="No error matches"
      actions={<Button onClick={onClear}>Clear the search</Button>}
    />
  )
}
