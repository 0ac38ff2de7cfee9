import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { JsonText } from '../../../../shared/domain/json.ts'
import type { Metadata } from '../../../../shared/domain/task.ts'
import { taskEvent } from '../event-log.ts'
import type { CommandContext } from './command-context.ts'

/** A claimed task: what its worker needs, and the token that fences everything said about this attempt. */
export interface ClaimedTask {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  /** Number of the attempt about to start, 1 for the first. */
  readonly attempt: number
  readonly leaseToken: string
  readonly args: JsonText
  readonly kwargs: JsonText
  readonly metadata: Metadata
  readonly timeoutMs: number
  /** When it became due. */
  readonly dueAt: EpochMs
  readonly claimedAt: EpochMs
  readonly isSuspect: boolean
  /** What an earlier attempt saved. */
  readonly checkpoint: JsonText | null
}

export interface ClaimRequest {
  readonly workerId: string
  /** Most tasks to claim, ≥ 1. */
  readonly limit: number
  readonly leaseToken: string
  /** Queues to take from, with the most tasks each may give. */
  readonly rooms: ReadonlyMap<string, number>
  /** Task names the worker knows; others stay where they are. */
  readonly names: readonly string[]
  readonly now: EpochMs
}

interface ClaimedRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly priority: number
  readonly attempt: number
  readonly run_at: number
  readonly args: string
  readonly kwargs: string
  readonly metadata: string | null
  readonly timeout_ms: number
  readonly checkpoint: string | null
}

const CLAIM = `
  UPDATE tasks SET state = 'running', worker_id = @workerId, lease_token = @leaseToken, attempt = attempt + 1,
                   claimed_at = @now, updated_at = @now, started_at = NULL`
const CLAIMED =
  'RETURNING number, id, name, queue, priority, attempt, run_at, args, kwargs, metadata, timeout_ms, checkpoint'

/**
 * Claims due tasks of one queue, best first: highest priority, then first in. One statement, so two
 * claimers never take one task. Served by index tasks_ready (tested). SQLite does not order
 * RETURNING: the caller sorts.
 */
export const claimReady = `${CLAIM}
  WHERE number IN (SELECT number FROM tasks
                   WHERE queue = @queue AND state = 'pending' AND is_suspect = 0
                     AND name IN (SELECT value FROM json_each(@names))
                     AND (queue_timeout_ms IS NULL OR run_at + queue_timeout_ms > @now)
                   ORDER BY priority DESC, number LIMIT @limit)
  ${CLAIMED}`

/** Claims the oldest suspect, which must run alone. Served by index tasks_suspect. */
export const claimOneSuspect = `${CLAIM}
  WHERE number = (SELECT number FROM tasks INDEXED BY tasks_suspect WHERE state = 'pending' AND is_suspect = 1
                    AND queue IN (SELECT value FROM json_each(@queues))
                    AND name IN (SELECT value FROM json_each(@names))
                  ORDER BY number LIMIT 1)
  ${CLAIMED}`

export function prepareClaim({ db, record }: CommandContext) {
  const ready = db.prepare<[object], ClaimedRow>(claimReady)
  const suspect = db.prepare<[object], ClaimedRow>(claimOneSuspect)

  function accept(
    rows: readonly ClaimedRow[],
    { workerId, leaseToken, now }: ClaimRequest,
    isSuspect: boolean,
  ): ClaimedTask[] {
    return rows
      .toSorted((a, b) => b.priority - a.priority || a.number - b.number)
      .map((row) => {
        record.moved(row.queue, 'pending', 'running')
        record.event(taskEvent('task.claimed', now, row, workerId, { state: 'running' }))
        return {
          number: row.number,
          id: row.id,
          name: row.name,
          queue: row.queue,
          attempt: row.attempt,
          leaseToken,
          args: row.args as JsonText,
          kwargs: row.kwargs as JsonText,
          metadata: row.metadata === null ? {} : (JSON.parse(row.metadata) as Metadata),
          timeoutMs: row.timeout_ms,
          dueAt: row.run_at,
          claimedAt: now,
          isSuspect,
          checkpoint: row.checkpoint as JsonText | null,
        }
      })
  }

  return {
    /** Up to `limit` tasks, shared evenly among the queues that have some, within each queue's room. */
    claim(request: ClaimRequest): ClaimedTask[] {
      const names = JSON.stringify(request.names)
      const { workerId, leaseToken, now } = request
      const rooms = new Map(request.rooms)
      const claimed: ClaimedTask[] = []
      while (rooms.size > 0 && claimed.length < request.limit) {
        const share = Math.max(1, Math.floor((request.limit - claimed.length) / rooms.size))
        for (const [queue, room] of rooms) {
          const limit = Math.min(share, room, request.limit - claimed.length)
          if (limit === 0) break
          const rows = ready.all({ workerId, leaseToken, now, names, queue, limit })
          claimed.push(...accept(rows, request, false))
          if (rows.length < limit || rows.length === room) rooms.delete(queue)
          else rooms.set(queue, room - rows.length)
        }
      }
      return claimed
    },
    claimSuspect(request: ClaimRequest): ClaimedTask[] {
      const { workerId, leaseToken, now } = request
      const names = JSON.stringify(request.names)
      const queues = JSON.stringify([...request.rooms.keys()])
      return accept(suspect.all({ workerId, leaseToken, now, names, queues }), request, true)
    },
  }
}
