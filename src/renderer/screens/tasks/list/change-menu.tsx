import { ArrowDownUp, ChevronDown, Pause, Play } from 'lucide-react'
import { useLacking } from '../../../app/use-lacking.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import type { TaskChange } from '../actions/task-change.ts'

interface ChangeMenuProps {
  /** Why it is possible for none of them; null where it is for one. */
  readonly impossible: Readonly<Record<TaskChange, string | null>>
  readonly onAsk: (change: TaskChange) => void
}

/** What can be changed of the ticked tasks, besides running them again, cancelling and deleting. */
export function ChangeMenu({ impossible, onAsk }: ChangeMenuProps) {
  const lacksPause = useLacking('pauseTasks')
  const lacksChange = useLacking('updateTasks')
  const lacksPriorities = useLacking('priorities') ?? lacksChange
  return (
    <Menu
      trigger={
        <Button size="small" variant="ghost">
          Change
          <ChevronDown size={12} strokeWidth={1.75} aria-hidden />
        </Button>
      }
    >
      <MenuItem icon={Pause} disabledReason={lacksPause ?? impossible.pause} onSelect={() => onAsk('pause')}>
        Pause…
      </MenuItem>
      <MenuItem icon={Play} disabledReason={lacksPause ?? impossible.resume} onSelect={() => onAsk('resume')}>
        Resume…
      </MenuItem>
      <MenuItem
        icon={ArrowDownUp}
        disabledReason={lacksPriorities ?? impossible.priority}
        onSelect={() => onAsk('priority')}
      >
        Priority…
      </MenuItem>
    </Menu>
  )
}
