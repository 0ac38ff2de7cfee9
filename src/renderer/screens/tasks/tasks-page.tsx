import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { useBroker } from '../../app/broker-connection.tsx'
import { Page } from '../../app/frame/page.tsx'
import { useCoverage } from '../../app/use-untold.tsx'
import { useIsPaused } from '../../live/live-mode.ts'
import { DrawerLayout } from '../../ui/drawer.tsx'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { ChangeDialog } from './actions/change-dialog.tsx'
import { impossibleFor } from './actions/impossible.ts'
import { TaskDialogs } from './actions/task-dialogs.tsx'
import { targetMatching, targetTask, targetTicked } from './actions/task-targets.ts'
import { useTaskChanges } from './actions/use-task-changes.ts'
import { useTaskCommands } from './actions/use-task-commands.ts'
import { whyNotComparable, writeRuns } from './compare/compare-search.ts'
import { TaskDrawer } from './drawer/task-drawer.tsx'
import { FilterBox, type FilterBoxHandle } from './filter/filter-box.tsx'
import { tabOfState, tabsOf, type LifeCycleTab } from './life-cycle-tabs.ts'
import { rowOf } from './list/task-list.ts'
import { TaskListPanel } from './list/task-list-panel.tsx'
import type { TaskTableHandle } from './list/task-table.tsx'
import { useRowCursor } from './list/use-row-cursor.ts'
import { toContractQuery, useTaskList } from './list/use-task-list.ts'
import styles from './tasks-page.module.css'
import { NO_FILTERS, toListQuery, type TaskFilters } from './tasks-search.ts'
import { useAnchor } from './use-anchor.ts'
import { useFilterSources, useTaskCounts } from './use-task-counts.ts'
import { useTaskKeys } from './use-task-keys.ts'
import { useTasksSearch } from './use-tasks-search.ts'
import { TimeMenu } from './views/time-menu.tsx'
import { ViewsMenu } from './views/views-menu.tsx'

/** Every task: found, followed, opened, run again, cancelled, deleted. */
export function TasksPage(): ReactElement {
  const { client, queries } = useBroker()
  const queryClient = useQueryClient()
  const keyOfTask = (id: string) => queries.tasks.get.queryKey({ input: { id } })
  const isPaused = useIsPaused()
  const { search, change } = useTasksSearch()
  const navigate = useNavigate()
  const sources = useFilterSources()
  const table = useRef<TaskTableHandle>(null)
  const filterBox = useRef<FilterBoxHandle>(null)
  const [focusRequest, setFocusRequest] = useState(0)

  const openId = search.task ?? null
  const isBusy = useRef(false)
  const isAtRest = () => !isBusy.current && isUntouched(table.current)
  const { stateGroups } = useCoverage()
  const query = toListQuery(search, useAnchor(search, isAtRest), stateGroups)
  const listKey = JSON.stringify(query)
  const counts = useTaskCounts(search, query)
  const follower = useTaskList({ query, isAtRest })
  const onSight = useSight(follower)
  const state = useStore(follower.store)
  const { list } = state
  // Until its first page has come, what is seen are the rows of before: they are ticked, and they go.
  const isListed = JSON.stringify(state.shown) === listKey
  const cursor = useRowCursor({
    listKey: isListed ? listKey : `before ${listKey}`,
    list,
    firstCurrent: openId,
  })
  const { selection, currentId, setCurrent, untick } = cursor
  useEffect(() => {
    isBusy.current = list.rows.length > 0 && (openId !== null || selection.ids.size > 0)
  })
  const shownList = useRef(state.shown)
  useEffect(() => {
    if (shownList.current === state.shown) return
    shownList.current = state.shown
    table.current?.scrollToTop()
  })

  // Also when the address was changed by a link or by going back.
  useEffect(() => {
    if (openId !== null) setCurrent(openId)
  }, [openId, setCurrent])

  const open = useCallback(
    (id: string) => change({ task: id, tab: undefined }, { replace: openId !== null }),
    [change, openId],
  )
  const openFromRow = useCallback(
    (id: string) => {
      open(id)
      table.current?.focus()
    },
    [open],
  )
  const close = useCallback(() => {
    change({ task: undefined, tab: undefined })
    table.current?.focus()
  }, [change])
  const afterAction = useCallback(() => {
    untick()
    if (!isPaused) return
    // Nothing else tells a paused window what its reader has just done.
    follower.takeNew()
    follower.resync()
  }, [follower, isPaused, untick])
  const commands = useTaskCommands({ onOpen: open, onDone: afterAction })
  const changes = useTaskChanges(afterAction)

  const current = currentId === null ? undefined : rowOf(list, currentId)
  const move = (by: number | 'first' | 'last') => {
    const row = cursor.rowAt(by)
    if (row === null) return
    if (openId === null) setCurrent(row.id)
    else open(row.id)
    table.current?.focus()
  }
  const ticked = () =>
    selection.isAllMatching
      ? targetMatching(query, counts.total ?? list.rows.length, (page) =>
          client.tasks.list(toContractQuery(page)),
        )
      : targetTicked(
          selection.ids,
          list.rows.filter(({ id }) => selection.ids.has(id)),
        )
  /** By key: what is ticked, else the current row, unless that is impossible. */
  const act = (action: 'runAgain' | 'cancel') => {
    if (selection.ids.size > 0) commands[action](ticked())
    else {
      // A task opened by its address need not be in the list.
      const task =
        openId === null ? current : (queryClient.getQueryData(keyOfTask(openId)) ?? rowOf(list, openId))
      if (task === undefined) return
      const { [action]: reason } = impossibleFor(task, {
        isDeleted: list.deleted.has(task.id),
        capabilities: null,
      })
      if (reason === null) commands[action](targetTask(task))
      else showToast({ tone: 'plain', message: `${task.name}: ${reason}` })
    }
  }
  const compare = () => {
    const ids = list.rows.map(({ id }) => id).filter((id) => selection.ids.has(id))
    const reason = whyNotComparable(ids.length)
    if (reason === null) void navigate({ to: '/tasks/compare', search: { runs: writeRuns(ids) } })
    else showToast({ tone: 'plain', message: `To compare, ${reason}.` })
  }
  useTaskKeys({
    isDrawerOpen: openId !== null,
    move,
    openCurrent: () => {
      if (current === undefined) return
      open(current.id)
      setFocusRequest((count) => count + 1)
    },
    tickCurrent: (isRange) => current !== undefined && cursor.tick(current.id, isRange),
    runAgain: () => act('runAgain'),
    cancel: () => act('cancel'),
    compare,
    search: () => filterBox.current?.focus(),
    letGo: untick,
  })

  const openIndex = openId === null ? undefined : list.index.get(openId)
  const neighbour = (by: 1 | -1) => {
    const row = openIndex === undefined ? undefined : list.rows[openIndex + by]
    return row === undefined ? null : () => open(row.id)
  }
  const changeFilters = (filters: TaskFilters, isTyping = false) => change(filters, { replace: isTyping })
  const tab = tabOfState(search.state)

  return (
    <Page title="Tasks" layout="fill">
      <Tabs
        label="Tasks by state"
        className={styles.page}
        items={tabsOf(stateGroups).map((item) => ({ ...item, count: counts.byTab[item.value] }))}
        value={tab}
        onChange={(next: LifeCycleTab) => changeFilters({ state: next === 'all' ? undefined : next })}
      >
        <TabPanel value={tab} className={styles.panel}>
          <div className={styles.bar}>
            <FilterBox
              ref={filterBox}
              filters={search}
              sources={sources}
              onChange={changeFilters}
              onLeave={() => table.current?.focus()}
            />
            <TimeMenu value={search.submitted} onChange={(submitted) => changeFilters({ submitted })} />
            <ViewsMenu search={search} onApply={({ filters, order }) => change({ ...filters, order })} />
          </div>
          <DrawerLayout>
            <TaskListPanel
              search={search}
              query={query}
              state={state}
              follower={follower}
              cursor={cursor}
              commands={commands}
              changes={changes}
              total={isListed ? counts.total : null}
              overview={counts.overview}
              ticked={ticked}
              onOpen={openFromRow}
              onCompare={compare}
              onMove={move}
              onOrder={(order) => change({ order: order === 'oldest' ? order : undefined })}
              onClear={() => changeFilters(NO_FILTERS)}
              onSight={onSight}
              onTakeNew={() => {
                table.current?.scrollToTop()
                follower.takeNew()
              }}
              table={table}
            />
            {openId !== null && (
              <TaskDrawer
                id={openId}
                row={rowOf(list, openId)}
                tab={search.tab}
                commands={commands}
                focusRequest={focusRequest}
                onTab={(next) => change({ tab: next }, { replace: true })}
                onOpen={open}
                onClose={close}
                onPrevious={neighbour(-1)}
                onNext={neighbour(1)}
              />
            )}
          </DrawerLayout>
        </TabPanel>
      </Tabs>
      <TaskDialogs commands={commands} onOpen={open} />
      <ChangeDialog changes={changes} />
    </Page>
  )
}

/** Nobody has scrolled down, points into it, has marked some of its text, or has something open above it. */
function isUntouched(table: TaskTableHandle | null): boolean {
  if (document.querySelector('[role="menu"], [role="dialog"], [role="alertdialog"]') !== null) return false
  return table === null || (table.isAtTop() && !table.isInUse())
}

/** Rows that come into sight are asked again where that is due, and the next page near the end. */
function useSight(follower: ReturnType<typeof useTaskList>) {
  return useMemo(
    () => (ids: readonly string[], isNearEnd: boolean) => {
      follower.refresh(ids)
      if (isNearEnd) follower.loadMore()
    },
    [follower],
  )
}
