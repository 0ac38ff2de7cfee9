import type { Worker } from '../../../shared/domain/worker.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { slotsOf } from './worker-words.ts'
import styles from './workers.module.css'

/** More than these are a bar. */
const MOST_BLOCKS = 8

/** How many of its slots are in use: a block each, or a bar where there are many. */
export function SlotBlocks({ worker }: { readonly worker: Worker }) {
  const { running, concurrency, id } = worker
  const slots = slotsOf(worker)
  return (
    <span className={styles.slots}>
      {slots.length > MOST_BLOCKS ? (
        <span className={styles.slotBar}>
          <ProgressBar label={`Slots of ${id} in use`} fraction={running.length / slots.length} />
        </span>
      ) : (
        <span className={styles.blocks} aria-hidden>
          {slots.map((slot, index) => (
            // A slot has no identity but its place.
            <span key={index} className={styles.block} data-slot={slot} />
          ))}
        </span>
      )}
      <span className={styles.slotText}>
        {running.length} / {concurrency}
      </span>
    </span>
  )
}
