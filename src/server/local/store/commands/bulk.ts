import type { BulkOperation, BulkSkip, NewBulk } from '../../../../shared/domain/bulk-port.ts'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError, isBrokerError } from '../../../../shared/domain/errors.ts'
import { type BulkRow, prepareFindBulk, toBulkOperation } from '../bulk-rows.ts'
import { KEPT_OPERATIONS } from '../queries/bulk.ts'
import { toFilter } from '../queries/task-filter.ts'
import type { CommandContext } from './command-context.ts'

/** A running task whose attempt has to be told, after the commit. */
export interface ToldAttempt {
  readonly id: string
  readonly number: number
}

interface TaskActions {
  readonly cancel: OnTask<{ readonly running: object | null }>
  readonly pauseTask: OnTask<{ readonly running: object | null }>
  readonly resumeTask: OnTask<unknown>
  readonly deleteTask: OnTask<unknown>
  readonly replay: (request: { id: string; changes: Record<never, never>; now: EpochMs }) => unknown
  readonly updateTask: (request: { id: string; changes: { priority: number }; now: EpochMs }) => unknown
}
type OnTask<Value> = (request: { readonly id: string; readonly now: EpochMs }) => Value

/** Thrown where an action alone would be allowed, but must not happen twice. */
class Passed extends Error {
  readonly reason: BulkSkip
  constructor(reason: BulkSkip) {
    super(reason)
    this.reason = reason
  }
}

/** Operations on everything that matches a filter: how far each has come is kept with what it did. */
export function prepareBulk({ db, newId }: CommandContext, actions: TaskActions) {
  const find = prepareFindBulk(db)
  const newest = db.prepare<[], number>('SELECT coalesce(max(number), 0) FROM tasks').pluck()
  const insert = db.prepare(`INSERT INTO bulk_operations (id, action, query, priority, up_to, created_at)
    VALUES (?, ?, ?, ?, ?, ?)`)
  const forget = db.prepare(
    "DELETE FROM bulk_operations WHERE state <> 'running' AND number <= (SELECT max(number) FROM bulk_operations) - ?",
  )
  const setMatched = db.prepare("UPDATE bulk_operations SET matched = ? WHERE id = ? AND state = 'running'")
  const advance = db.prepare('UPDATE bulk_operations SET done = ?, reasons = ? WHERE id = ?')
  const end = db.prepare(`UPDATE bulk_operations SET state = @state, reason = @reason, finished_at = @now
    WHERE id = @id AND state = 'running'`)
  const stop = db.prepare(`UPDATE bulk_operations SET state = 'failed', finished_at = ?,
    reason = 'stopped: Penstock was stopped before it had ended; start it again to go on' WHERE state = 'running'`)
  const wasReplayed = db.prepare<[string], 1>('SELECT 1 FROM tasks WHERE replay_of = ? LIMIT 1')

  /** @returns whether a running attempt has to be told. */
  function act({ action, priority }: BulkRow, task: ActedTask, { now, withSucceeded }: BulkSlice): boolean {
    const { id } = task
    switch (action) {
      case 'cancel':
        return actions.cancel({ id, now }).running !== null
      case 'pause':
        return actions.pauseTask({ id, now }).running !== null
      case 'resume':
        actions.resumeTask({ id, now })
        return false
      case 'delete':
        actions.deleteTask({ id, now })
        return false
      case 'retry':
        if (task.state === 'succeeded' && !withSucceeded)
          throw new BrokerError('INVALID_STATE', `Task '${id}' has succeeded; there is nothing to retry.`, {
            taskId: id,
            state: task.state,
            wanted: 'retried',
          })
        if (wasReplayed.get(id) !== undefined) throw new Passed('ALREADY_REPLAYED')
        actions.replay({ id, changes: {}, now })
        return false
      case 'priority':
        actions.updateTask({ id, changes: { priority: priority! }, now })
        return false
    }
  }

  return {
    beginBulk({ bulk, now }: { readonly bulk: NewBulk; readonly now: EpochMs }) {
      const id = newId(now)
      const upTo = newest.get()!
      insert.run(id, bulk.action, JSON.stringify(bulk.query), bulk.priority ?? null, upTo, now)
      forget.run(KEPT_OPERATIONS)
      return { operation: toBulkOperation(find(id)), upTo }
    },
    bulkMatched({ id, matched }: { readonly id: string; readonly matched: number }): void {
      setMatched.run(matched, id)
    },
    /** Acts on some tasks, each unless it no longer matches or its state does not allow it. Null when the operation has ended. */
    bulkSlice(slice: BulkSlice): readonly ToldAttempt[] | null {
      const { id, numbers } = slice
      const row = find(id)
      if (row.state !== 'running') return null
      const { where, params } = toFilter(toBulkOperation(row).query)
      const matching = db
        .prepare<[object], ActedTask>(
          `SELECT number, id, state FROM tasks WHERE number IN (SELECT value FROM json_each(@numbers)) AND ${where} ORDER BY number`,
        )
        .all({ ...params, numbers: JSON.stringify(numbers) })
      const reasons = JSON.parse(row.reasons) as Partial<Record<BulkSkip, number>>
      const skip = (reason: BulkSkip, count = 1) => {
        if (count > 0) reasons[reason] = (reasons[reason] ?? 0) + count
      }
      const told: ToldAttempt[] = []
      let done = 0
      for (const task of matching) {
        try {
          if (act(row, task, slice)) told.push({ id: task.id, number: task.number })
          done += 1
        } catch (error) {
          if (error instanceof Passed) skip(error.reason)
          else if (isBrokerError(error)) skip(error.code)
          else throw error
        }
      }
      skip('NO_LONGER_MATCHES', numbers.length - matching.length)
      advance.run(row.done + done, JSON.stringify(reasons), id)
      return told
    },
    /** The first end counts. */
    endBulk(request: {
      readonly id: string
      readonly state: 'done' | 'cancelled' | 'failed'
      readonly reason: string | null
      readonly now: EpochMs
    }): BulkOperation {
      end.run(request)
      return toBulkOperation(find(request.id))
    },
    /** What ran when the broker stopped goes on no more. */
    stopBulks({ now }: { readonly now: EpochMs }): void {
      stop.run(now)
    },
  }
}

interface ActedTask {
  readonly number: number
  readonly id: string
  readonly state: string
}

interface BulkSlice {
  readonly id: string
  readonly numbers: readonly number[]
  /** Of a retry: whether what succeeded is run again too. */
  readonly withSucceeded: boolean
  readonly now: EpochMs
}
