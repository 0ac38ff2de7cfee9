import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { countOf } from '../../../ui/format/count.ts'
import { useMaskText } from '../../../ui/json/secret-reveal.tsx'
import { ProgressBar } from '../../../ui/progress-bar.tsx'
import styles from './task-progress.module.css'

/** How far the task is and what it does right now. Of constant height, so that nothing below it moves. */
export function TaskProgress({ task }: { readonly task: TaskSummary }) {
  const { state, progress } = task
  const fraction = progress?.fraction ?? (state === 'succeeded' ? 1 : 0)
  const words = useMaskText()(progressWords(task))
  return (
    <div className={styles.progress} data-hue={state}>
      <div className={styles.line}>
        <span className={styles.words} title={words}>
          {words}
        </span>
        {progress !== null && <span className={styles.percent}>{Math.floor(progress.fraction * 100)} %</span>}
      </div>
      <ProgressBar label="Progress" fraction={fraction} />
    </div>
  )
}

/** What the bar is about: the handler's own words, else what the state means for it. */
export function progressWords({
  state,
  progress,
  startedAt,
  isCancelRequested,
  blockedBy,
}: Pick<TaskSummary, 'state' | 'progress' | 'startedAt' | 'isCancelRequested' | 'blockedBy'>): string {
  const told = [progress?.stage, progress?.message].filter((part) => part != null && part !== '').join(': ')
  switch (state) {
    case 'pending':
      return 'Waiting for a free slot'
    case 'scheduled':
      return blockedBy > 0 ? `Waiting for ${countOf(blockedBy, 'parent task')}` : 'Waiting for its time'
    case 'retrying':
      return 'Waiting for its next attempt'
    case 'paused':
      return 'Paused'
    case 'running': {
      if (startedAt === null) return 'Claimed, about to start'
      if (isCancelRequested) return told === '' ? 'Asked to stop' : `Asked to stop; ${told}`
      return told === '' ? 'Running; it has reported no progress' : told
    }
    case 'succeeded':
      return told === '' ? 'Finished' : told
    case 'failed':
    case 'timed_out':
    case 'cancelled':
      return told === '' ? 'Ended before it was done' : `Ended at: ${told}`
  }
}
