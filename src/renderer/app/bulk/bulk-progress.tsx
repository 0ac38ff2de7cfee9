import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useBroker } from '../broker-connection.tsx'
import styles from './bulk-progress.module.css'
import { useRunningOperations } from './bulk-store.ts'
import { progressOf, progressText } from './bulk-words.ts'

/** What is being done to many tasks, and how far it has come; above the toasts, on every page. */
export function BulkProgress() {
  const { client } = useBroker()
  const running = useRunningOperations()
  return running.map((operation) => {
    const text = progressText(operation)
    return (
      <div key={operation.id} className={styles.card}>
        <span>{text}</span>
        <span className={styles.bar}>
          <ProgressBar label={text} fraction={progressOf(operation) ?? 0} />
        </span>
        <Button size="small" onClick={() => void client.bulk.cancel({ id: operation.id })}>
          Stop
        </Button>
      </div>
    )
  })
}
