import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { queueNotFound } from '../../../../shared/domain/errors.ts'
import type { CommandContext } from './command-context.ts'

/** Throws QUEUE_NOT_FOUND. Setting what is set already changes nothing and makes no event. */
export function prepareQueueSettings({ db, record }: CommandContext) {
  const find = db.prepare<[string], { is_paused: number }>('SELECT is_paused FROM queues WHERE name = ?')
  const update = db.prepare('UPDATE queues SET is_paused = ? WHERE name = ?')
  return {
    setQueuePaused(request: {
      readonly queue: string
      readonly isPaused: boolean
      readonly now: EpochMs
    }): void {
      const { queue, isPaused, now } = request
      const row = find.get(queue)
      if (row === undefined) throw queueNotFound(queue)
      if ((row.is_paused === 1) === isPaused) return
      update.run(isPaused ? 1 : 0, queue)
      const type = isPaused ? 'queue.paused' : 'queue.resumed'
      record.event({ type, at: now, taskId: null, queue, workerId: null, data: {} })
    },
  }
}
