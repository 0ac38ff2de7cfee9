import { useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { CircleHelp, LogsIcon } from 'lucide-react'
import type { LogEntry } from '../../../../shared/domain/task.ts'
import { useLacking } from '../../../app/use-lacking.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { countOf } from '../../../ui/format/count.ts'
import { formatClockMillis, formatInstant } from '../../../ui/format/instant.ts'
import { maskInText } from '../../../ui/json/mask-in-text.ts'
import { RevealButton, useReveal } from '../../../ui/json/secret-reveal.tsx'
import styles from './logs-tab.module.css'

interface LogsTabProps {
  readonly taskId: string
  readonly logs: readonly LogEntry[] | undefined
  readonly isFinished: boolean
}

/** As many as a broker keeps of one task. */
const MOST_LINES = 1000
const AT_END_PX = 24

/** What the task has said, oldest first; follows the end while the reader is there. */
export function LogsTab({ taskId, logs, isFinished }: LogsTabProps) {
  const lacking = useLacking('logs')
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(!isFinished)
  useLayoutEffect(() => {
    if (logs !== undefined && list.current !== null && isAtEnd.current)
      list.current.scrollTop = list.current.scrollHeight
  }, [logs])
  const { secretWords, isRevealed, toggle } = useReveal(taskId)
  const masked = useMemo(() => maskLines(logs ?? [], secretWords), [logs, secretWords])

  if (logs === undefined) return lacking === null ? null : <EmptyState icon={CircleHelp} title={lacking} />
  if (logs.length === 0) {
    return (
      <EmptyState icon={LogsIcon} title={isFinished ? 'It said nothing' : 'Nothing said yet'}>
        <span>
          What the handler writes with <code>context.log.info(…)</code> or <code>console.log(…)</code> appears
          here.
        </span>
      </EmptyState>
    )
  }
  const shown = isRevealed ? logs : masked.logs
  return (
    <div className={styles.logs}>
      <header className={styles.head}>
        <span className={styles.count}>
          {logs.length >= MOST_LINES
            ? `The newest ${countOf(logs.length, 'line')}`
            : countOf(logs.length, 'line')}
        </span>
        {masked.count > 0 && <RevealButton count={masked.count} isRevealed={isRevealed} onToggle={toggle} />}
        <CopyButton text={asText(shown)} what="all lines" />
      </header>
      <div
        ref={list}
        className={styles.lines}
        role="log"
        aria-label="Log lines"
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_PX
        }}
      >
        {withAttempts(shown)}
      </div>
    </div>
  )
}

/** The lines with the secrets in them masked, and how many those are. */
function maskLines(logs: readonly LogEntry[], words: readonly string[]) {
  let count = 0
  const masked = logs.map((entry) => {
    const found = maskInText(entry.message, words)
    count += found.count
    return found.count === 0 ? entry : { ...entry, message: found.text }
  })
  return { logs: masked, count }
}

/** Lines, and a divider wherever another attempt begins. */
function withAttempts(logs: readonly LogEntry[]): readonly ReactNode[] {
  const hasSeveral = logs[0]?.attempt !== logs.at(-1)?.attempt
  return logs.flatMap((entry, index) => {
    const line = <Line key={`${entry.at}-${index}`} entry={entry} />
    if (!hasSeveral || logs[index - 1]?.attempt === entry.attempt) return [line]
    return [
      <h4 key={`attempt-${entry.attempt}-${index}`} className={styles.attempt}>
        Attempt {entry.attempt}
      </h4>,
      line,
    ]
  })
}

function Line({ entry: { at, level, message } }: { readonly entry: LogEntry }) {
  return (
    <div className={styles.line} data-level={level}>
      <time className={styles.time} dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
        {formatClockMillis(at)}
      </time>
      <span className={styles.level}>{level}</span>
      <span className={styles.message}>{message}</span>
    </div>
  )
}

function asText(logs: readonly LogEntry[]): string {
  return logs.map(({ at, level, message }) => `${new Date(at).toISOString()} ${level} ${message}`).join('\n')
}
