import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Attempt } from '../../../../shared/domain/task.ts'
import { formatDuration } from '../../../ui/format/duration.ts'
import styles from './error-tab.module.css'
import { maskError } from './mask-error.ts'
import { Part } from './part.tsx'
import { TracebackView } from './traceback-view.tsx'

interface PastErrorsProps {
  readonly attempts: readonly Attempt[]
  /** Of keys whose values are masked. */
  readonly words: readonly string[]
  /** The task went well in the end, so that there is no later error above. */
  readonly isAlone: boolean
}

/** The errors of earlier attempts, newest first; each opens on demand. */
export function PastErrors({ attempts, words, isAlone }: PastErrorsProps) {
  return (
    <Part title={isAlone ? 'Attempts that failed' : 'Earlier attempts'} note="newest first">
      <ul className={styles.past}>
        {attempts.toReversed().map((attempt) => (
          <PastError key={attempt.attempt} attempt={attempt} words={words} />
        ))}
      </ul>
    </Part>
  )
}

function PastError(props: { readonly attempt: Attempt; readonly words: readonly string[] }) {
  const { attempt, startedAt, finishedAt } = props.attempt
  const [isOpen, setIsOpen] = useState(false)
  const { error } = maskError(props.attempt.error, props.words)
  if (error === null) return null
  return (
    <li className={styles.pastItem}>
      <button
        type="button"
        className={styles.pastHead}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <ChevronRight
          size={14}
          strokeWidth={1.75}
          className={isOpen ? styles.turned : undefined}
          aria-hidden
        />
        <span className={styles.pastWhat}>
          {attempt}. {error.type}: {error.message}
        </span>
        {startedAt !== null && (
          <span className={styles.pastWhen}>after {formatDuration(finishedAt - startedAt)}</span>
        )}
      </button>
      {isOpen && (
        <div className={styles.pastBody}>
          <p className={styles.message}>{error.message}</p>
          {error.cause !== null && <p className={styles.cause}>Caused by {error.cause}</p>}
          {error.traceback !== null && <TracebackView traceback={error.traceback} />}
        </div>
      )}
    </li>
  )
}
