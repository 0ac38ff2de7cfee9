import { LogOut, Pause, Unplug, type LucideIcon } from 'lucide-react'
import type { WorkerStatus } from '../../../shared/domain/worker.ts'
import { classNames } from '../../ui/class-names.ts'
import { RunningDot } from '../../ui/state/running-dot.tsx'
import pill from '../../ui/state/state-pill.module.css'

interface Look {
  readonly word: string
  readonly hue: 'running' | 'neutral' | 'paused' | 'failed'
  /** Null for the running dot. */
  readonly icon: LucideIcon | null | undefined
  readonly isOutlined: boolean
}

const LOOKS: Readonly<Record<WorkerStatus, Look>> = {
  active: { word: 'Active', hue: 'running', icon: null, isOutlined: false },
  idle: { word: 'Idle', hue: 'neutral', icon: undefined, isOutlined: true },
  paused: { word: 'Paused', hue: 'paused', icon: Pause, isOutlined: false },
  draining: { word: 'Draining', hue: 'neutral', icon: LogOut, isOutlined: true },
  offline: { word: 'Offline', hue: 'failed', icon: Unplug, isOutlined: false },
}

/** What a worker does right now, as icon and word. */
export function WorkerPill({ status }: { readonly status: WorkerStatus }) {
  const { word, hue, icon: Icon, isOutlined } = LOOKS[status]
  return (
    <span data-hue={hue} className={classNames(pill.pill, isOutlined && pill.outlined)}>
      {Icon === null ? <RunningDot /> : Icon && <Icon size={12} strokeWidth={2} aria-hidden />}
      {word}
    </span>
  )
}
