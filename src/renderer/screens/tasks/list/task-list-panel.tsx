import { useMemo, type ReactNode, type Ref } from 'react'
import type { Overview } from '../../../../shared/domain/overview.ts'
import { TASK_STATES, type TaskState } from '../../../../shared/domain/state.ts'
import { classNames } from '../../../ui/class-names.ts'
import { FailureState } from '../../../ui/failure-state.tsx'
import { impossibleForAll } from '../actions/impossible.ts'
import { impossibleChanges } from '../actions/task-change.ts'
import type { TaskChanges } from '../actions/use-task-changes.ts'
import type { TaskCommands } from '../actions/use-task-commands.ts'
import type { TaskTargets } from '../actions/task-targets.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import type { ListQuery, TasksSearch } from '../tasks-search.ts'
import type { TaskListFollower, TaskListState } from './create-task-list.ts'
import { EmptyList } from './empty-list.tsx'
import { NewTasksButton } from './new-tasks-button.tsx'
import { coverage, type Selection } from './selection.ts'
import { SelectionStrip } from './selection-strip.tsx'
import { TableFoot } from './table-foot.tsx'
import styles from './task-list-panel.module.css'
import { rowOf, type TaskList } from './task-list.ts'
import { TaskTable, type TaskTableHandle } from './task-table.tsx'
import type { RowCursor } from './use-row-cursor.ts'

interface TaskListPanelProps {
  readonly search: TasksSearch
  readonly query: ListQuery
  readonly state: TaskListState
  readonly follower: TaskListFollower
  readonly cursor: RowCursor
  readonly commands: TaskCommands
  readonly changes: TaskChanges
  readonly total: number | null
  readonly overview: Overview | undefined
  /** What the ticked rows stand for. */
  readonly ticked: () => TaskTargets
  readonly onOpen: (id: string) => void
  /** Shows the ticked tasks side by side. */
  readonly onCompare: () => void
  readonly onMove: (by: number | 'first' | 'last') => void
  readonly onOrder: (order: 'newest' | 'oldest') => void
  readonly onClear: () => void
  readonly onSight: (ids: readonly string[], isNearEnd: boolean) => void
  readonly onTakeNew: () => void
  readonly table: Ref<TaskTableHandle>
}

/** The list with its head and foot, or what stands there instead: nothing yet, nothing at all, a failure. */
export function TaskListPanel(props: TaskListPanelProps) {
  const { search, query, state, follower, total, overview, onClear } = props
  if (state.status === 'failed') {
    return (
      <div className={classNames(styles.panel, styles.failure)}>
        <FailureState
          title="The list of tasks could not be read."
          detail={state.failure?.message ?? ''}
          onRetry={follower.retry}
        />
      </div>
    )
  }
  if (state.shown === null) {
    return (
      <div className={styles.panel} aria-busy>
        <p className={styles.loading}>Loading tasks…</p>
      </div>
    )
  }
  if (state.list.rows.length === 0) {
    return (
      <div className={styles.panel} aria-busy={state.status === 'loading'}>
        {state.status === 'ready' && <EmptyList search={search} overview={overview} onClear={onClear} />}
      </div>
    )
  }
  return (
    <section className={styles.panel} aria-label="List of tasks" aria-busy={state.status === 'loading'}>
      <Table {...props} />
      <TableFoot
        loaded={state.list.rows.length}
        total={total}
        hasMore={state.list.next !== null}
        isLoadingMore={state.isLoadingMore}
        failure={state.failure}
        order={search.order ?? 'newest'}
        onMore={follower.loadMore}
        tools={<ExportMenu query={query} />}
      />
    </section>
  )
}

function Table(props: TaskListPanelProps) {
  const { search, state, cursor, commands, changes, total, ticked, onOpen, onMove, onOrder, onSight, table } =
    props
  const { list, newCount } = state
  const { selection, currentId } = cursor
  const newTasks: ReactNode = <NewTasksButton count={newCount} onTake={props.onTakeNew} />
  const { states } = props.query
  const impossible = useMemo(
    () => ({
      ...impossibleForAll(tickedStates(selection, list, states)),
      ...impossibleChanges(tickedStates(selection, list, states)),
    }),
    [selection, list, states],
  )
  const canTickMore =
    !selection.isAllMatching &&
    list.next !== null &&
    total !== null &&
    coverage(selection, list.rows) === true
  return (
    <TaskTable
      ref={table}
      list={list}
      total={total}
      order={search.order ?? 'newest'}
      selection={selection}
      currentId={currentId}
      openId={search.task ?? null}
      states={states}
      newTasks={newTasks}
      selectionStrip={
        <SelectionStrip
          count={selection.isAllMatching ? (total ?? selection.ids.size) : selection.ids.size}
          isAllMatching={selection.isAllMatching}
          matching={canTickMore ? total : null}
          busy={commands.busy ?? changes.busy}
          impossible={impossible}
          newTasks={newTasks}
          onSelectMatching={cursor.tickMatching}
          onCancel={() => commands.cancel(ticked())}
          onChange={(change) => changes.ask(change, ticked())}
          onRunAgain={() => commands.runAgain(ticked())}
          onDelete={() => commands.remove(ticked())}
          onStop={() => {
            commands.stop()
            changes.stop()
          }}
          onCompare={props.onCompare}
          onClear={cursor.untick}
        />
      }
      onOrder={onOrder}
      onOpen={onOpen}
      onTick={cursor.tick}
      onTickAll={cursor.tickAll}
      onMove={onMove}
      onSight={onSight}
    />
  )
}

/** The states that what is ticked is in, as far as it is loaded; with a filter by state, those. */
function* tickedStates(
  { ids, isAllMatching }: Selection,
  list: TaskList,
  listed: readonly TaskState[] = TASK_STATES,
): Generator<TaskState> {
  if (isAllMatching) {
    yield* listed
    return
  }
  for (const id of ids) {
    const row = rowOf(list, id)
    if (row !== undefined) yield row.state
  }
}
