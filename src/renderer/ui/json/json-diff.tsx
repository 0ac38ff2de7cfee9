import { useMemo } from 'react'
import { diffLines } from './diff-lines.ts'
import styles from './json-diff.module.css'

interface JsonDiffProps {
  readonly label: string
  readonly before: string
  readonly after: string
}

const MARKS = { same: ' ', added: '+', removed: '−' } as const
/** Unchanged lines around a change that are shown. */
const AROUND = 2
const MOST_SHOWN = 500

/** What was changed, line by line, with a little around it; nothing while nothing was. */
export function JsonDiff({ label, before, after }: JsonDiffProps) {
  const lines = useMemo(() => {
    const all = diffLines(before, after)
    const isNear = all.map((_, index) =>
      all.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
    )
    return all.map((line, place) => ({ ...line, place })).filter(({ place }) => isNear[place] === true)
  }, [before, after])
  if (lines.length === 0) return null
  return (
    <section className={styles.diff} aria-label={label}>
      <h3 className={styles.title}>{label}</h3>
      <pre className={styles.lines} tabIndex={0}>
        {lines.slice(0, MOST_SHOWN).map(({ kind, text, place }) => (
          <span key={place} className={styles.line} data-kind={kind}>
            {MARKS[kind]} {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  )
}
