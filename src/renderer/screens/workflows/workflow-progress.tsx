import type { WorkflowSummary } from '../../../shared/domain/workflow.ts'
import { formatCount } from '../../ui/format/count.ts'
import styles from './workflows.module.css'

/** How far a workflow is: what ended well, badly, and what is left, as one bar. */
export function WorkflowProgress({ workflow }: { readonly workflow: WorkflowSummary }) {
  const { ended, total, name } = workflow
  const parts = [
    { hue: 'succeeded', count: ended.succeeded, word: 'succeeded' },
    { hue: 'failed', count: ended.failed + ended.timedOut, word: 'failed' },
    { hue: 'cancelled', count: ended.cancelled, word: 'cancelled' },
  ] as const
  const done = parts.reduce((sum, { count }) => sum + count, 0)
  const text = [
    `${formatCount(done)} of ${formatCount(total)} ended`,
    ...parts.filter(({ count }) => count > 0).map(({ count, word }) => `${formatCount(count)} ${word}`),
  ].join(', ')
  return (
    <div className={styles.progress}>
      <div className={styles.track} role="img" aria-label={`${name}: ${text}`} title={text}>
        {parts.map(
          ({ hue, count }) =>
            count > 0 && <span key={hue} data-hue={hue} style={{ width: `${(count / total) * 100}%` }} />,
        )}
      </div>
      <span className={styles.fraction}>
        {formatCount(done)} / {formatCount(total)}
      </span>
    </div>
  )
}
