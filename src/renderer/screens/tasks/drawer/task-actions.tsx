import {
  Ban,
  CopyPlus,
  HousePlug,
  Ellipsis,
  Link2,
  Pause,
  Pencil,
  Play,
  RotateCw,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import { NO_KWARGS } from '../../../../shared/domain/json.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Task, TaskSummary } from '../../../../shared/domain/task.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { useAction } from '../../../app/use-action.ts'
import { overlay } from '../../../app/overlay-store.ts'
import { useLacking } from '../../../app/use-lacking.ts'
import { useStatus } from '../../../app/use-status.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { copyText } from '../../../ui/copy-text.ts'
import { prettyJson } from '../../../ui/json/pretty-json.ts'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { showToast } from '../../../ui/toast/toast-store.ts'
import { CopyDialog } from '../actions/copy-dialog.tsx'
import { useNowhereElse } from '../actions/copy-targets.ts'
import { impossibleFor } from '../actions/impossible.ts'
import { targetTask } from '../actions/task-targets.ts'
import type { TaskCommands } from '../actions/use-task-commands.ts'
import styles from './task-drawer.module.css'

interface TaskActionsProps {
  readonly task: TaskSummary
  /** With its input; undefined while that is on its way. */
  readonly full: Task | undefined
  readonly isDeleted: boolean
  readonly commands: TaskCommands
}

/** What can be done to the task. What is impossible stays in its place and says why. */
export function TaskActions({ task, full, isDeleted, commands }: TaskActionsProps) {
  const { client } = useBroker()
  const run = useAction()
  const nowhereElse = useNowhereElse()
  const [isCopied, setIsCopied] = useState(false)
  const lacksPause = useLacking('pauseTasks')
  const lacksSubmit = useLacking('submit')
  const { data: status } = useStatus()
  const impossible = impossibleFor(task, { isDeleted, capabilities: status?.capabilities ?? null })
  const targets = targetTask(task)
  const isPaused = task.state === 'paused'
  const setPaused = async (paused: boolean): Promise<void> => {
    const { id, name } = task
    await run(
      async () => {
        await (paused ? client.tasks.pause({ id }) : client.tasks.resume({ id }))
        return {
          message: paused ? `Paused ${name}` : `Resumed ${name}`,
          action: { label: 'Undo', run: () => void setPaused(!paused) },
        }
      },
      `${name} could not be ${paused ? 'paused' : 'resumed'}.`,
    )
  }
  return (
    <div className={styles.buttons}>
      <Button
        variant="primary"
        icon={RotateCw}
        disabledReason={impossible.runAgain}
        onClick={() => commands.runAgain(targets)}
      >
        Run again
      </Button>
      <Button icon={Pencil} disabledReason={impossible.runAgain} onClick={() => commands.edit(task)}>
        Edit and run again…
      </Button>
      <Button icon={Ban} disabledReason={impossible.cancel} onClick={() => commands.cancel(targets)}>
        {task.state === 'running' ? 'Cancel…' : 'Cancel'}
      </Button>
      <Button
        variant="danger"
        icon={Trash2}
        disabledReason={impossible.delete}
        onClick={() => commands.remove(targets)}
      >
        Delete…
      </Button>
      <Menu trigger={<IconButton icon={Ellipsis} variant="default" label="More" />} align="end">
        <MenuItem
          icon={isPaused ? Play : Pause}
          disabledReason={isDeleted ? 'deleted' : isFinal(task.state) ? 'it has finished' : lacksPause}
          onSelect={() => void setPaused(!isPaused)}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </MenuItem>
        <MenuItem
          icon={CopyPlus}
          disabledReason={full === undefined ? 'on its way' : lacksSubmit}
          onSelect={() => full !== undefined && duplicate(full)}
        >
          Duplicate…
        </MenuItem>
        <MenuItem
          icon={HousePlug}
          disabledReason={full === undefined ? 'on its way' : nowhereElse}
          onSelect={() => setIsCopied(true)}
        >
          Run on another broker…
        </MenuItem>
        <MenuItem icon={Link2} onSelect={() => void copyLink()}>
          Copy link
        </MenuItem>
      </Menu>
      {isCopied && full !== undefined && <CopyDialog task={full} onClose={() => setIsCopied(false)} />}
    </div>
  )
}

/** The submit dialog has one input: an object or a list, whichever this task has. */
function duplicate({ name, queue, args, kwargs, priority, maxRetries }: Task) {
  const input = kwargs === NO_KWARGS && args !== '[]' ? args : kwargs
  overlay.openSubmit({ name, queue, input: prettyJson(input) as typeof input, priority, maxRetries })
}

async function copyLink() {
  const isCopied = await copyText(window.location.href)
  showToast(
    isCopied
      ? { tone: 'success', message: 'Copied a link to this task' }
      : { tone: 'failure', message: 'The clipboard refused the link; copy it from the address bar.' },
  )
}
