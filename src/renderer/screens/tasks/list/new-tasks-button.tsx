import { ArrowUp } from 'lucide-react'
import { countOf } from '../../../ui/format/count.ts'
import { FIRST_PAGE_SIZE } from './page-size.ts'
import styles from './new-tasks-button.module.css'

interface NewTasksButtonProps {
  readonly count: number
  readonly onTake: () => void
}

/** Tasks that came while the reader was busy with the list. It stands in the head, so that no row moves. */
export function NewTasksButton({ count, onTake }: NewTasksButtonProps) {
  return (
    <span role="status" className={styles.place}>
      {count > 0 && (
        <button type="button" className={styles.button} onClick={onTake}>
          <ArrowUp size={12} strokeWidth={2} aria-hidden />
          {newTasksText(count)}
        </button>
      )}
    </span>
  )
}

/** `14 new tasks`; a whole page of them is only known to be that many or more. */
export function newTasksText(count: number): string {
  return count >= FIRST_PAGE_SIZE ? `${FIRST_PAGE_SIZE}+ new tasks` : countOf(count, 'new task')
}
