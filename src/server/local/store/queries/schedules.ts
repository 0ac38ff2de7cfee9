import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError, scheduleNotFound } from '../../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
import type {
  MissedFires,
  Schedule,
  ScheduledTask,
  ScheduleError,
  SchedulePage,
  ScheduleSummary,
  ScheduleTiming,
} from '../../../../shared/domain/schedule.ts'
import type { ReadableDatabase } from '../open-database.ts'

const DEFAULT_LIMIT = 100

interface SummaryRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly timing: string
  readonly missed: MissedFires
  readonly task_name: string
  readonly is_paused: number
  readonly revision: number
  readonly next_fire_at: EpochMs | null
  readonly last_fire_at: EpochMs | null
  readonly last_task_id: string | null
  readonly last_error: string | null
  readonly fires: number
  readonly created_at: EpochMs
  readonly updated_at: EpochMs
}
interface ScheduleRow extends SummaryRow {
  readonly task: string
}

/** A schedule and the revision it was read at; whoever writes it again must show that. */
export interface FoundSchedule {
  readonly number: number
  readonly schedule: Schedule
  readonly revision: number
}

const COLUMNS = `number, id, name, timing, missed, task_name, is_paused, revision, next_fire_at, last_fire_at,
  last_task_id, last_error, fires, created_at, updated_at`

export function prepareReadSchedules(db: ReadableDatabase) {
  const byId = db.prepare<[string], ScheduleRow>(`SELECT ${COLUMNS}, task FROM schedules WHERE id = ?`)
  const page = db.prepare<[number, number], SummaryRow>(
    `SELECT ${COLUMNS} FROM schedules WHERE number > ? ORDER BY number LIMIT ?`,
  )
  const due = db.prepare<[number, number], ScheduleRow>(`
    SELECT ${COLUMNS}, task FROM schedules INDEXED BY schedules_due
    WHERE is_paused = 0 AND next_fire_at IS NOT NULL AND next_fire_at <= ? ORDER BY next_fire_at LIMIT ?`)
  const waiting = db.prepare<[object], ScheduleRow>(`
    SELECT ${COLUMNS}, task FROM schedules
    WHERE number > @after AND is_paused = 0 AND next_fire_at > @from ORDER BY number LIMIT @limit`)
  const next = db
    .prepare<[], EpochMs | null>(
      'SELECT min(next_fire_at) FROM schedules INDEXED BY schedules_due WHERE is_paused = 0 AND next_fire_at IS NOT NULL',
    )
    .pluck()

  return {
    /** Throws SCHEDULE_NOT_FOUND. */
    schedule({ id }: { readonly id: string }): FoundSchedule {
      const row = byId.get(id)
      if (row === undefined) throw scheduleNotFound(id)
      return toFound(row)
    },
    /** Throws INVALID_REQUEST for a cursor of another list. */
    schedules({
      limit: asked,
      cursor,
    }: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
    }): SchedulePage {
      const limit = Math.min(asked ?? DEFAULT_LIMIT, MAX_PAGE_SIZE)
      const rows = page.all(parseCursor(cursor), limit + 1)
      const found = rows.slice(0, limit)
      return {
        schedules: found.map(toSummary),
        next: rows.length > limit ? String(found.at(-1)!.number) : null,
      }
    },
    /** Schedules whose instant has come, longest waiting first. */
    dueSchedules: ({
      now,
      limit,
    }: {
      readonly now: EpochMs
      readonly limit: number
    }): readonly FoundSchedule[] => due.all(now, limit).map(toFound),
    /** Schedules whose instant comes after `from`, in pages by number. */
    waitingSchedules: (request: {
      readonly from: EpochMs
      readonly after: number
      readonly limit: number
    }): readonly FoundSchedule[] => waiting.all(request).map(toFound),
    /** When the next one is due; null when none waits. */
    nextScheduleAt: (_request: null): EpochMs | null => next.get() ?? null,
  }
}

function toFound(row: ScheduleRow): FoundSchedule {
  return {
    number: row.number,
    schedule: { ...toSummary(row), task: JSON.parse(row.task) as ScheduledTask },
    revision: row.revision,
  }
}

function toSummary(row: SummaryRow): ScheduleSummary {
  return {
    id: row.id,
    name: row.name,
    timing: JSON.parse(row.timing) as ScheduleTiming,
    missed: row.missed,
    isPaused: row.is_paused === 1,
    taskName: row.task_name,
    nextFireAt: row.is_paused === 1 ? null : row.next_fire_at,
    lastFireAt: row.last_fire_at,
    lastTaskId: row.last_task_id,
    lastError: row.last_error === null ? null : (JSON.parse(row.last_error) as ScheduleError),
    fires: row.fires,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function parseCursor(cursor: string | undefined): number {
  const number = Number(cursor ?? 0)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new BrokerError(
    'INVALID_REQUEST',
    `'${cursor}' is no cursor of a schedule list; leave it out for the first page.`,
    { path: 'cursor' },
  )
}
