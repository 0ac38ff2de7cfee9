import { ChevronDown, ChevronUp, SearchX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Drawer } from '../../../ui/drawer.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailureState } from '../../../ui/failure-state.tsx'
import { StatePill } from '../../../ui/state/state-pill.tsx'
import type { TaskCommands } from '../actions/use-task-commands.ts'
import type { DrawerTab } from '../tasks-search.ts'
import { TaskActions } from './task-actions.tsx'
import styles from './task-drawer.module.css'
import { TaskFacts } from './task-facts.tsx'
import { TaskProgress } from './task-progress.tsx'
import { TaskTabs } from './task-tabs.tsx'
import { useOpenTask } from './use-open-task.ts'

interface TaskDrawerProps {
  readonly id: string
  /** Its row in the list, when it is there: shown until the whole task has come. */
  readonly row: TaskSummary | undefined
  readonly tab: DrawerTab | undefined
  readonly commands: TaskCommands
  /** Counts how often the keyboard opened a task: each time the focus moves here. */
  readonly focusRequest: number
  readonly onTab: (tab: DrawerTab) => void
  readonly onOpen: (id: string) => void
  readonly onClose: () => void
  /** Null at the end of the list, and for a task that is not in it. */
  readonly onPrevious: (() => void) | null
  readonly onNext: (() => void) | null
}

/** What a task looked like when it was opened decides how it is shown, not what it becomes. */
interface Opened {
  readonly id: string
  readonly tab: DrawerTab
  readonly wasUnfinished: boolean
}

/** One task beside the list. */
export function TaskDrawer(props: TaskDrawerProps) {
  const { id, row, commands, focusRequest, onTab, onOpen, onClose, onPrevious, onNext } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  const first = opened?.id === id ? opened : null
  const tab = props.tab ?? first?.tab ?? 'data'
  const open = useOpenTask(id, tab)
  const task = open.task ?? row
  if (first === null && task !== undefined)
    setOpened({ id, tab: tabFor(task), wasUnfinished: !isFinal(task.state) })

  useEffect(() => {
    if (focusRequest > 0) heading.current?.focus()
  }, [focusRequest])

  return (
    <Drawer
      label={task === undefined ? 'Task' : `Task ${task.name}`}
      header={
        <>
          {task !== undefined && <StatePill state={task.state} />}
          <h2 ref={heading} tabIndex={-1} className={styles.name} title={task?.name}>
            {task?.name ?? (open.isDeleted ? 'Deleted task' : 'Task')}
          </h2>
        </>
      }
      actions={
        <>
          <IconButton
            icon={ChevronUp}
            label="Previous task (K)"
            disabledReason={onPrevious === null ? 'there is none in the list' : null}
            onClick={() => onPrevious?.()}
          />
          <IconButton
            icon={ChevronDown}
            label="Next task (J)"
            disabledReason={onNext === null ? 'there is none in the list' : null}
            onClick={() => onNext?.()}
          />
        </>
      }
      onClose={onClose}
    >
      {task === undefined ? (
        <Missing isDeleted={open.isDeleted} message={open.failure?.message ?? null} onRetry={open.retry} />
      ) : (
        <>
          <TaskFacts task={task} isDeleted={open.isDeleted} />
          <TaskActions task={task} full={open.task} isDeleted={open.isDeleted} commands={commands} />
          {(first?.wasUnfinished === true || task.progress !== null) && <TaskProgress task={task} />}
          <TaskTabs id={id} open={open} value={tab} onChange={onTab} onOpen={onOpen} />
        </>
      )}
    </Drawer>
  )
}

function Missing(props: {
  readonly isDeleted: boolean
  readonly message: string | null
  readonly onRetry: () => void
}) {
  const { isDeleted, message, onRetry } = props
  if (isDeleted) {
    return (
      <EmptyState icon={SearchX} title="This task is not there">
        It was deleted or purged, or its retention has ended. Its address leads nowhere any more.
      </EmptyState>
    )
  }
  if (message === null) return null // on its way: shorter than anything could be read
  return <FailureState title="The task could not be read." detail={message} onRetry={onRetry} />
}

/** A task that died opens on why, any other on its data. */
function tabFor({ state }: Pick<TaskSummary, 'state'>): DrawerTab {
  return state === 'failed' || state === 'timed_out' ? 'error' : 'data'
}
