import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { JsonText } from '../../../../shared/domain/json.ts'
import type { Metadata } from '../../../../shared/domain/task.ts'
import type { ParentResults } from '../../../../shared/domain/workflow.ts'
import { taskEvent } from '../event-log.ts'
import type { QueueRoom } from '../queue-rooms.ts'
import type { CommandContext } from './command-context.ts'
import { prepareParentResults } from './parent-results.ts'

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
  readonly workflowId: string | null
  /** Null for a task of no workflow. */
  readonly parents: ParentResults | null
}

export interface ClaimRequest {
  readonly workerId: string
  /** Most tasks to claim, ≥ 1. */
  readonly limit: number
  readonly leaseToken: string
  /** Queues to take from, with the most tasks each may give. */
  readonly rooms: ReadonlyMap<string, QueueRoom>
  /** Task names the worker knows; others stay where they are. */
  readonly names: readonly string[]
  readonly now: EpochMs
}

/** As a claim, of an external worker. */
export interface LeaseRequest extends Omit<ClaimRequest, 'names'> {
  readonly names: readonly string[] | null
  readonly leaseMs: number
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
  readonly workflow_id: string | null
}

/** Only an external worker's lease has a length. */
const claimAs = (leaseMs: 'NULL' | '@leaseMs') => `
  UPDATE tasks SET state = 'running', worker_id = @workerId, lease_token = @leaseToken, attempt = attempt + 1,
                   lease_ms = ${leaseMs}, claimed_at = @now, updated_at = @now, started_at = NULL`
const CLAIM = claimAs('NULL')
const CLAIMED =
  'RETURNING number, id, name, queue, priority, attempt, run_at, args, kwargs, metadata, timeout_ms, checkpoint, workflow_id'

const claimFrom = (names: string) => `${CLAIM}
  WHERE number IN (SELECT number FROM tasks INDEXED BY tasks_ready
                   WHERE queue = @queue AND state = 'pending' AND is_suspect = 0 ${names}
                     AND (queue_timeout_ms IS NULL OR run_at + queue_timeout_ms > @now)
                   ORDER BY priority DESC, number LIMIT @limit)
  ${CLAIMED}`

/**
 * Claims due tasks of one queue, best first: highest priority, then first in. One statement, so two
 * claimers never take one task. Served by index tasks_ready (tested). SQLite does not order
 * RETURNING: the caller sorts.
 */
export const claimReady = claimFrom('')

/** The same among names a worker knows, for a queue that also holds others. */
export const claimReadyNames = claimFrom('AND name IN (SELECT value FROM json_each(@names))')

/** What a lease may take of one queue, best first. Served by index tasks_ready. Null names are any. */
export const peekReady = `
  SELECT number, priority FROM tasks
  WHERE queue = @queue AND state = 'pending' AND is_suspect = 0
    AND (@names IS NULL OR name IN (SELECT value FROM json_each(@names)))
    AND (queue_timeout_ms IS NULL OR run_at + queue_timeout_ms > @now)
  ORDER BY priority DESC, number LIMIT @limit`

/** Claims the oldest suspect, which must run alone. Served by index tasks_suspect. */
export const claimOneSuspect = `${CLAIM}
  WHERE number = (SELECT number FROM tasks INDEXED BY tasks_suspect WHERE state = 'pending' AND is_suspect = 1
                    AND queue IN (SELECT value FROM json_each(@queues))
                    AND name IN (SELECT value FROM json_each(@names))
                  ORDER BY number LIMIT 1)
  ${CLAIMED}`

export function prepareClaim({ db, record }: CommandContext) {
  const parentResults = prepareParentResults({ db })
  const ready = db.prepare<[object], ClaimedRow>(claimReady)
  const readyNames = db.prepare<[object], ClaimedRow>(claimReadyNames)
  const suspect = db.prepare<[object], ClaimedRow>(claimOneSuspect)
  const peek = db.prepare<[object], { number: number; priority: number }>(peekReady)
  const claimNumbers = db.prepare<[object], ClaimedRow>(
    `${claimAs('@leaseMs')} WHERE number IN (SELECT value FROM json_each(@numbers)) AND state = 'pending' ${CLAIMED}`,
  )

  function accept(
    rows: readonly ClaimedRow[],
    { workerId, now, leaseToken }: Omit<ClaimRequest, 'names'>,
    isSuspect: boolean,
  ): ClaimedTask[] {
    return rows
      .toSorted((a, b) => b.priority - a.priority || a.number - b.number)
      .map((row) => {
        record.moved(row, 'pending', 'running')
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
          workflowId: row.workflow_id,
          parents: row.workflow_id === null ? null : parentResults(row.number),
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
        for (const [queue, { room, isAllKnown }] of rooms) {
          const limit = Math.min(share, room, request.limit - claimed.length)
          if (limit === 0) break
          const rows = isAllKnown
            ? ready.all({ workerId, leaseToken, now, queue, limit })
            : readyNames.all({ workerId, leaseToken, now, names, queue, limit })
          claimed.push(...accept(rows, request, false))
          if (rows.length < limit || rows.length === room) rooms.delete(queue)
          else rooms.set(queue, { room: room - rows.length, isAllKnown })
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
    /** Up to `limit` tasks for an external worker, the best of all its queues, within each queue's room. */
    claimLeased(request: LeaseRequest): ClaimedTask[] {
      const { workerId, leaseToken, leaseMs, now } = request
      const names = request.names === null ? null : JSON.stringify(request.names)
      const best = [...request.rooms]
        .flatMap(([queue, { room }]) => peek.all({ queue, names, now, limit: Math.min(room, request.limit) }))
        .toSorted((a, b) => b.priority - a.priority || a.number - b.number)
        .slice(0, request.limit)
      if (best.length === 0) return []
      const numbers = JSON.stringify(best.map(({ number }) => number))
      return accept(claimNumbers.all({ workerId, leaseToken, leaseMs, now, numbers }), request, false)
    },
  }
}
