import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { formatInstant } from '../../../ui/format/instant.ts'
import { useNow } from '../../../ui/now.ts'
import { whenOf, whenSentence, whenText } from './when.ts'

interface WhenTextProps {
  readonly task: Parameters<typeof whenOf>[0] & Pick<TaskSummary, 'state'>
  /** As the start of a line: "Died 48 s ago". */
  readonly isSentence?: boolean
}

/** When what the task's state is about happened or will; the exact instant on hover. */
export function WhenText({ task, isSentence = false }: WhenTextProps) {
  const now = useNow()
  const when = whenOf(task)
  return (
    <time dateTime={new Date(when.at).toISOString()} title={`${when.meaning} ${formatInstant(when.at)}`}>
      {isSentence ? whenSentence(when, now) : whenText(when, now)}
    </time>
  )
}
