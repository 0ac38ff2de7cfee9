import { formatCount } from '../../ui/format/count.ts'
import type { ReprocessedCounts } from './reprocessed.ts'
import { useReprocessed } from './use-reprocessed.ts'
import styles from './dead-letters.module.css'

const PARTS = [
  { key: 'succeeded', hue: 'succeeded', word: 'succeeded' },
  { key: 'underWay', hue: 'running', word: 'under way' },
  { key: 'failed', hue: 'failed', word: 'failed again' },
  { key: 'cancelled', hue: 'cancelled', word: 'cancelled' },
] as const satisfies readonly {
  readonly key: keyof ReprocessedCounts
  readonly hue: string
  readonly word: string
}[]

/** What came of the ones that were run again. */
export function ReprocessedPart() {
  const counts = useReprocessed()
  const shown = PARTS.filter(({ key }) => counts[key] > 0)
  const text = shown.map(({ key, word }) => `${formatCount(counts[key])} ${word}`).join(', ')
  return (
    <section className={styles.earlier} aria-label="What came of those run again">
      <h3 className={styles.earlierTitle}>
        What came of those run again <span>since this page was opened</span>
      </h3>
      {counts.total === 0 ? (
        <p className={styles.panelText}>None has been run again yet.</p>
      ) : (
        <>
          <div className={styles.outcomeBar} role="img" aria-label={text}>
            {shown.map(({ key, hue }) => (
              <span key={key} data-hue={hue} style={{ flexGrow: counts[key] }} />
            ))}
          </div>
          <p className={styles.panelText}>{text}</p>
        </>
      )}
    </section>
  )
}
