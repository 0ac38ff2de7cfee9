import { CalendarClock, Pause, TriangleAlert } from 'lucide-react'
import type { ScheduleSummary } from '../../../shared/domain/schedule.ts'
import { classNames } from '../../ui/class-names.ts'
import styles from './schedules.module.css'

/** Whether a schedule fires, as icon and word. */
export function ScheduleStatus({ schedule }: { readonly schedule: ScheduleSummary }) {
  const { isPaused, lastError, nextFireAt } = schedule
  const [word, Icon, look] = isPaused
    ? (['Paused', Pause, styles.paused] as const)
    : lastError !== null
      ? (['Refused', TriangleAlert, styles.refused] as const)
      : nextFireAt === null
        ? (['Over', CalendarClock, styles.over] as const)
        : (['On', CalendarClock, styles.on] as const)
  return (
    <span className={classNames(styles.status, look)}>
      <Icon size={12} strokeWidth={2} aria-hidden />
      {word}
    </span>
  )
}
