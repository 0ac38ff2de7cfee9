import { useNavigate } from '@tanstack/react-router'
import {
  ArchiveX,
  ChevronRight,
  CircleAlert,
  Clock,
  FileWarning,
  Pause,
  TriangleAlert,
  Unplug,
  type LucideIcon,
} from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { ShownState } from '../../ui/state/task-state.ts'
import styles from './attention-list.module.css'
import type { AttentionItem } from './attention.ts'

const LOOKS: Readonly<
  Record<AttentionItem['kind'], { readonly icon: LucideIcon; readonly hue: ShownState | 'neutral' }>
> = {
  connection: { icon: Unplug, hue: 'neutral' },
  component: { icon: TriangleAlert, hue: 'failed' },
  'no-workers': { icon: CircleAlert, hue: 'failed' },
  dead: { icon: ArchiveX, hue: 'failed' },
  behind: { icon: Clock, hue: 'retrying' },
  handler: { icon: FileWarning, hue: 'retrying' },
  paused: { icon: Pause, hue: 'paused' },
}

/** More than these would push the figures off the screen. */
const SHOWN = 4

/** What is wrong, in sentences. Absent when all is well. */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  const [isWhole, setIsWhole] = useState(false)
  if (items.length === 0) return null
  const shown = isWhole ? items : items.slice(0, SHOWN)
  return (
    <section aria-label="Needs attention" className={styles.list}>
      <ul>
        {shown.map((item) => (
          <AttentionRow key={item.id} item={item} />
        ))}
      </ul>
      {items.length > SHOWN && (
        <Button variant="ghost" size="small" className={styles.more} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${items.length - SHOWN} more`}
        </Button>
      )}
    </section>
  )
}

function AttentionRow({ item: { kind, subject, sentence, cause, tasks } }: { readonly item: AttentionItem }) {
  const navigate = useNavigate()
  const { icon: Icon, hue } = LOOKS[kind]
  return (
    <li className={styles.row} data-hue={hue}>
      <Icon size={16} strokeWidth={1.5} className={styles.icon} aria-hidden />
      <p className={styles.text}>
        <strong className={styles.subject}>{subject}</strong> {sentence}
        {cause !== null && <span className={styles.cause}>{cause}</span>}
      </p>
      {tasks !== null && (
        <Button
          variant="ghost"
          size="small"
          aria-label={`${kind === 'dead' ? 'Review' : 'Show tasks'}: ${subject}`}
          onClick={() => void navigate({ to: '/tasks', search: tasks })}
        >
          {kind === 'dead' ? 'Review' : 'Show tasks'}
          <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
    </li>
  )
}
