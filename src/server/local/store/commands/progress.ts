import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { JsonText } from '../../../../shared/domain/json.ts'
import type { LogLevel } from '../../../../shared/domain/task.ts'
import { taskEvent } from '../event-log.ts'
import type { CommandContext } from './command-context.ts'
import type { Lease } from './settle.ts'

const MAX_PROGRESS_ENTRIES = 1000
const MAX_LOG_LINES = 1000

export interface ProgressReport {
  readonly lease: Lease
  readonly at: EpochMs
  /** 0 to 1. */
  readonly fraction: number
  readonly stage: string | null
  readonly message: string | null
}

export interface LogReport {
  readonly lease: Lease
  readonly at: EpochMs
  readonly level: LogLevel
  readonly message: string
}

/** What the next attempt is to find. */
export interface CheckpointReport {
  readonly lease: Lease
  readonly data: JsonText
}

/** Writes what a running attempt tells. Each stream keeps its newest 1000 entries. */
export function prepareProgress({ db, record }: CommandContext) {
  const setProgress = db.prepare(
    `UPDATE tasks SET progress = ?, updated_at = ? WHERE number = ? AND state = 'running' AND attempt = ? AND lease_token = ?`,
  )
  const newest = db.prepare<[number], { ms: number; n: number }>(
    'SELECT ms, n FROM progress_entries WHERE task_number = ? ORDER BY ms DESC, n DESC LIMIT 1',
  )
  const add = db.prepare(
    'INSERT INTO progress_entries (task_number, ms, n, attempt, fraction, stage, message) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const trim = db.prepare(`
    DELETE FROM progress_entries WHERE task_number = @number AND (ms, n) <= (
      SELECT ms, n FROM progress_entries WHERE task_number = @number ORDER BY ms DESC, n DESC LIMIT 1 OFFSET ${MAX_PROGRESS_ENTRIES})`)
  const isRunning = db.prepare(
    `SELECT 1 FROM tasks WHERE number = ? AND state = 'running' AND attempt = ? AND lease_token = ?`,
  )
  const setCheckpoint = db.prepare(
    `UPDATE tasks SET checkpoint = ? WHERE number = ? AND state = 'running' AND attempt = ? AND lease_token = ?`,
  )
  const newestLine = db
    .prepare('SELECT coalesce(max(line), 0) FROM log_entries WHERE task_number = ?')
    .pluck()
  const addLine = db.prepare(
    'INSERT INTO log_entries (task_number, line, attempt, at, level, message) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const trimLines = db.prepare(`DELETE FROM log_entries WHERE task_number = ? AND line <= ?`)

  return {
    progress({ lease, at, fraction, stage, message }: ProgressReport, workerId: string): boolean {
      const text = JSON.stringify({ fraction, stage, message, at })
      if (setProgress.run(text, at, lease.number, lease.attempt, lease.leaseToken).changes === 0) return false
      const last = newest.get(lease.number)
      // Ids must grow even when the clock stands still or goes back.
      const ms = Math.max(at, last?.ms ?? 0)
      const n = last !== undefined && last.ms === ms ? last.n + 1 : 0
      add.run(lease.number, ms, n, lease.attempt, fraction, stage, message)
      trim.run({ number: lease.number })
      record.event(
        taskEvent('task.progress', at, lease, workerId, { fraction, stage, message, streamId: `${ms}-${n}` }),
      )
      return true
    },
    checkpoint({ lease, data }: CheckpointReport): boolean {
      return setCheckpoint.run(data, lease.number, lease.attempt, lease.leaseToken).changes === 1
    },
    log({ lease, at, level, message }: LogReport, workerId: string): boolean {
      if (isRunning.get(lease.number, lease.attempt, lease.leaseToken) === undefined) return false
      const line = (newestLine.get(lease.number) as number) + 1
      addLine.run(lease.number, line, lease.attempt, at, level, message)
      trimLines.run(lease.number, line - MAX_LOG_LINES)
      record.event(taskEvent('task.log', at, lease, workerId, { level, message: message.slice(0, 500) }))
      return true
    },
  }
}
