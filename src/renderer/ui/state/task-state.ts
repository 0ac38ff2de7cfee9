import {
  ArchiveX,
  Ban,
  Check,
  CircleDashed,
  Clock,
  Pause,
  RotateCw,
  TriangleAlert,
  X,
  type LucideIcon,
} from 'lucide-react'
import type { TaskState } from '../../../shared/domain/state.ts'

/** What a state pill can show: every state, and the dead letters, which are a place rather than a state. */
export type ShownState = TaskState | 'dead'

export interface StateLook {
  readonly word: string
  /** Null for running: its mark is the pulsing dot. */
  readonly icon: LucideIcon | null
  readonly isOutlined: boolean
}

/** A state looks the same everywhere: one hue (`data-hue` is the state's name), one icon, one word. */
export const STATE_LOOKS: Readonly<Record<ShownState, StateLook>> = {
  pending: { word: 'Pending', icon: CircleDashed, isOutlined: false },
  scheduled: { word: 'Scheduled', icon: Clock, isOutlined: false },
  running: { word: 'Running', icon: null, isOutlined: false },
  retrying: { word: 'Retrying', icon: RotateCw, isOutlined: false },
  paused: { word: 'Paused', icon: Pause, isOutlined: false },
  succeeded: { word: 'Succeeded', icon: Check, isOutlined: false },
  failed: { word: 'Failed', icon: X, isOutlined: false },
  dead: { word: 'Dead letter', icon: ArchiveX, isOutlined: false },
  timed_out: { word: 'Timed out', icon: TriangleAlert, isOutlined: true },
  cancelled: { word: 'Cancelled', icon: Ban, isOutlined: true },
}
