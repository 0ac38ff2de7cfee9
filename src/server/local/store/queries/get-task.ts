import { taskNotFound } from '../../../../shared/domain/errors.ts'
import type {
  Attempt,
  AttemptOutcome,
  LogEntry,
  ProgressEntry,
  Task,
} from '../../../../shared/domain/task.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { ReadableDatabase } from '../open-database.ts'
import { TASK_COLUMNS, type TaskRow, toTask, toTaskError } from '../rows.ts'

interface AttemptRow {
  readonly attempt: number
  readonly worker_id: string | null
  readonly due_at: number
  readonly claimed_at: number
  readonly started_at: number | null
  readonly finished_at: number
  readonly outcome: AttemptOutcome
  readonly error: string | null
  readonly retry_at: number | null
}

/** One task and what is kept about it. Each throws TASK_NOT_FOUND. */
export function prepareGetTask(db: ReadableDatabase) {
  const byId = db.prepare<[string], TaskRow>(`SELECT ${TASK_COLUMNS} FROM tasks WHERE id = ?`)
  const byNumber = db.prepare<[number], TaskRow>(`SELECT ${TASK_COLUMNS} FROM tasks WHERE number = ?`)
  const attempts = db.prepare<[number], AttemptRow>(
    'SELECT * FROM attempts WHERE task_number = ? ORDER BY attempt',
  )
  const progress = db.prepare<[object], Omit<ProgressEntry, 'streamId' | 'at'> & { ms: number; n: number }>(`
    SELECT ms, n, attempt, fraction, stage, message FROM progress_entries
    WHERE task_number = @number AND (ms, n) >= (@ms, @n) ORDER BY ms, n LIMIT @limit`)
  const logs = db.prepare<[number], LogEntry>(
    'SELECT attempt, at, level, message FROM log_entries WHERE task_number = ? ORDER BY line',
  )

  function find(id: string): TaskRow {
    const row = byId.get(id)
    if (row === undefined) throw taskNotFound(id)
    return row
  }

  return {
    task: ({ id }: { readonly id: string }): Task => toTask(find(id)),
    taskByNumber({ number }: { readonly number: number }): Task {
      const row = byNumber.get(number)
      if (row === undefined) throw taskNotFound(String(number))
      return toTask(row)
    },
    attempts({ id }: { readonly id: string }): readonly Attempt[] {
      const row = find(id)
      const past = attempts.all(row.number).map(toAttempt)
      const last = lastAttempt(row)
      return last === null ? past : [...past, last]
    },
    progressHistory(request: {
      readonly id: string
      readonly fromId?: string
      readonly limit: number
    }): readonly ProgressEntry[] {
      const { ms, n } = parseStreamId(request.fromId)
      const { number } = find(request.id)
      return progress.all({ number, ms, n, limit: request.limit }).map((entry) => ({
        streamId: `${entry.ms}-${entry.n}`,
        at: entry.ms,
        attempt: entry.attempt,
        fraction: entry.fraction,
        stage: entry.stage,
        message: entry.message,
      }))
    },
    logs: ({ id }: { readonly id: string }): readonly LogEntry[] => logs.all(find(id).number),
  }
}

function toAttempt(row: AttemptRow): Attempt {
  return {
    attempt: row.attempt,
    workerId: row.worker_id,
    dueAt: row.due_at,
    claimedAt: row.claimed_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.outcome,
    error: toTaskError(row.error),
    retryAt: row.retry_at,
  }
}

/** A final task's last attempt lives in its own row, which never changes again. */
function lastAttempt(row: TaskRow): Attempt | null {
  if (!isFinal(row.state) || row.claimed_at === null || row.finished_at === null) return null
  return {
    attempt: row.attempt,
    workerId: row.worker_id,
    dueAt: row.run_at,
    claimedAt: row.claimed_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.state as AttemptOutcome,
    error: toTaskError(row.error),
    retryAt: null,
  }
}

/** `<ms>-<n>`, or `<ms>`; `0`, `-` or nothing is the beginning. */
function parseStreamId(streamId: string | undefined): { ms: number; n: number } {
  const [ms, n] = (streamId ?? '').split('-')
  return { ms: Number(ms) || 0, n: Number(n) || 0 }
}
