import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { TaskState } from '../../../../shared/domain/state.ts'
import { taskEvent } from '../event-log.ts'
import type { RecordingContext } from './recorder.ts'

/** What of a task is needed to cancel it. */
export interface WaitingTask {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly attempt: number
  readonly state: TaskState
}

/** Cancels a task that is neither running nor final, as its row is now. */
export function prepareCancelWaiting({ db, record }: RecordingContext) {
  const setCancelled = db.prepare(`
    UPDATE tasks SET state = 'cancelled', finished_at = @now, updated_at = @now, is_suspect = 0
    WHERE number = @number AND state = @state`)
  return (task: WaitingTask, now: EpochMs): void => {
    setCancelled.run({ number: task.number, state: task.state, now })
    record.moved(task, task.state, 'cancelled')
    record.tally(task, 'cancelled', now)
    record.event(taskEvent('task.cancelled', now, task, null, { state: 'cancelled' }))
  }
}
