import { Ellipsis, Layers, Pause, Play, Settings2, Trash2 } from 'lucide-react'
import type { Queue } from '../../../shared/domain/queue.ts'
import { useLacking } from '../../app/use-lacking.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { countPurged } from './purge-dialog.tsx'

export interface QueueQuestion {
  readonly kind: 'purge' | 'settings'
  readonly name: string
}

interface QueueButtonsProps {
  readonly queue: Queue
  readonly onPause: (isPaused: boolean) => void
  readonly onAsk: (question: QueueQuestion) => void
  readonly onTasks: () => void
}

/** What can be done to a queue, at the end of its row. */
export function QueueButtons({ queue, onPause, onAsk, onTasks }: QueueButtonsProps) {
  const { name, isPaused } = queue
  const lacking = useLacking('pauseQueues')
  const lacksSettings = useLacking('queueSettings')
  const lacksPurge = useLacking('purgeQueues')
  return (
    <>
      <IconButton
        icon={isPaused ? Play : Pause}
        label={isPaused ? `Resume ${name}` : `Pause ${name}`}
        disabledReason={lacking}
        onClick={() => onPause(!isPaused)}
      />
      <Menu trigger={<IconButton icon={Ellipsis} label={`More for ${name}`} />} align="end">
        <MenuItem icon={Layers} onSelect={onTasks}>
          Show its tasks
        </MenuItem>
        <MenuItem
          icon={Settings2}
          disabledReason={lacksSettings}
          onSelect={() => onAsk({ kind: 'settings', name })}
        >
          Settings…
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={Trash2}
          isDanger
          disabledReason={lacksPurge ?? (countPurged(queue) === 0 ? 'nothing waits' : null)}
          onSelect={() => onAsk({ kind: 'purge', name })}
        >
          Purge what waits…
        </MenuItem>
      </Menu>
    </>
  )
}
