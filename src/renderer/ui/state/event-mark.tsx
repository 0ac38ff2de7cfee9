import {
  ArrowRightToLine,
  Bell,
  Plug,
  ScrollText,
  Trash2,
  Unplug,
  Waypoints,
  type LucideIcon,
} from 'lucide-react'
import type { EventType } from '../../../shared/domain/event.ts'
import { RunningDot } from './running-dot.tsx'
import styles from './event-mark.module.css'
import { STATE_LOOKS, type ShownState } from './task-state.ts'

interface EventMarkProps {
  readonly type: EventType
  readonly word: string
  readonly hue: ShownState | 'neutral'
}

const OWN_ICONS: Partial<Record<EventType, LucideIcon>> = {
  'task.claimed': ArrowRightToLine,
  'task.progress': Waypoints,
  'task.log': ScrollText,
  'task.deleted': Trash2,
  'queue.purged': Trash2,
  'worker.connected': Plug,
  'worker.resumed': Plug,
  'worker.disconnected': Unplug,
  'alert.raised': Bell,
}

/** An event's icon and word, in the hue of the state it leads to. No pill: there are many of them. */
export function EventMark({ type, word, hue }: EventMarkProps) {
  const Icon = OWN_ICONS[type] ?? (hue === 'neutral' ? Plug : STATE_LOOKS[hue].icon)
  return (
    <span data-hue={hue} className={styles.mark}>
      {Icon === null ? <RunningDot /> : <Icon size={12} strokeWidth={2} aria-hidden />}
      {word}
    </span>
  )
}
