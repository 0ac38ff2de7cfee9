import { Ellipsis, LogOut, Pause, Play, Scaling, Trash2 } from 'lucide-react'
import type { Worker } from '../../../shared/domain/worker.ts'
import { useLacking } from '../../app/use-lacking.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import type { WorkerActions } from './use-worker-actions.ts'
import type { WorkerQuestion } from './worker-dialogs.tsx'
import { nameOf, takesTasks } from './worker-words.ts'

interface WorkerButtonsProps {
  readonly worker: Worker
  readonly actions: WorkerActions
  readonly onAsk: (question: WorkerQuestion) => void
}

/** What can be done to a worker, at the end of its row. */
export function WorkerButtons({ worker, actions, onAsk }: WorkerButtonsProps) {
  const pausing = useLacking('pauseWorkers')
  const changing = useLacking('changeWorkers')
  const removing = useLacking('addWorkers')
  const { status } = worker
  const name = nameOf(worker)
  const isStopped = status === 'paused' || status === 'draining'
  return (
    <>
      <IconButton
        icon={isStopped ? Play : Pause}
        label={isStopped ? `Resume ${name}` : `Pause ${name}`}
        disabledReason={pausing ?? (status === 'offline' ? 'it is offline' : null)}
        onClick={() => actions.setPaused(worker, !isStopped)}
      />
      <Menu trigger={<IconButton icon={Ellipsis} label={`More for ${name}`} />} align="end">
        <MenuItem
          icon={LogOut}
          disabledReason={changing ?? (takesTasks(status) || status === 'paused' ? null : `it is ${status}`)}
          onSelect={() => actions.drain(worker)}
        >
          Drain
        </MenuItem>
        <MenuItem icon={Scaling} disabledReason={changing} onSelect={() => onAsk({ kind: 'resize', worker })}>
          Resize…
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={Trash2}
          isDanger
          disabledReason={removing}
          onSelect={() => onAsk({ kind: 'remove', worker })}
        >
          Remove…
        </MenuItem>
      </Menu>
    </>
  )
}
