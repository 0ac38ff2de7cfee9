import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError, scheduleNotFound } from '../../../../shared/domain/errors.ts'
import type { MissedFires, ScheduledTask } from '../../../../shared/domain/schedule.ts'
import type { TaskReceipt } from '../../../../shared/domain/task.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareSubmit } from './submit.ts'

/** Dealt-with instants are remembered at least so long, and at least so many: the clock may be set back. */
const KEPT_FIRES_MS = 48 * 3_600_000
const KEPT_FIRES = 100

/** A schedule as it is written. `timing` is JSON of a fixed timing. */
export interface KeptSchedule {
  readonly name: string
  readonly timing: string
  readonly missed: MissedFires
  readonly task: ScheduledTask
  readonly isPaused: boolean
  readonly nextFireAt: EpochMs | null
}

/** A fire, or several missed ones that come to none, as they were planned. */
export interface PlannedFire {
  readonly id: string
  /** Of the schedule that the plan was made from; when it has changed since, nothing happens. */
  readonly revision: number
  readonly instant: EpochMs
  readonly nextFireAt: EpochMs | null
  readonly now: EpochMs
}

/** `repeated`: this instant had been dealt with. `stale`: the schedule is another one now, or gone. */
export type FireOutcome = 'fired' | 'repeated' | 'stale'

interface ScheduleRow {
  readonly number: number
  readonly revision: number
  readonly is_paused: number
}

/** Writes schedules and their fires. A fire and its task are one transaction. */
export function prepareSchedules({ db, newId }: CommandContext, submit: ReturnType<typeof prepareSubmit>) {
  const byId = db.prepare<[string], ScheduleRow>(
    'SELECT number, revision, is_paused FROM schedules WHERE id = ?',
  )
  const byName = db.prepare<[string], string>('SELECT id FROM schedules WHERE name = ?').pluck()
  const insert = db.prepare(`
    INSERT INTO schedules (id, name, timing, missed, task, task_name, is_paused, next_fire_at, created_at, updated_at)
    VALUES (@id, @name, @timing, @missed, @task, @taskName, @isPaused, @nextFireAt, @now, @now)`)
  const update = db.prepare(`
    UPDATE schedules SET name = @name, timing = @timing, missed = @missed, task = @task, task_name = @taskName,
      is_paused = @isPaused, next_fire_at = @nextFireAt, revision = revision + 1, updated_at = @now
    WHERE number = @number`)
  const remove = [
    'DELETE FROM schedule_fires WHERE schedule_number = ?',
    'DELETE FROM schedules WHERE number = ?',
  ].map((sql) => db.prepare(sql))
  const keepFire = db.prepare('INSERT OR IGNORE INTO schedule_fires (schedule_number, instant) VALUES (?, ?)')
  const trimFires = db.prepare(`
    DELETE FROM schedule_fires WHERE schedule_number = @number AND instant < @before AND instant < (
      SELECT instant FROM schedule_fires WHERE schedule_number = @number ORDER BY instant DESC LIMIT 1 OFFSET ${KEPT_FIRES})`)
  const advance = db.prepare('UPDATE schedules SET next_fire_at = ? WHERE number = ?')
  const setFired = db.prepare(`
    UPDATE schedules SET last_fire_at = @at, last_task_id = @taskId, last_error = NULL, fires = fires + 1
    WHERE number = @number`)
  const setError = db.prepare(
    'UPDATE schedules SET last_fire_at = @at, last_error = @error WHERE number = @number',
  )

  function find(id: string): ScheduleRow {
    const row = byId.get(id)
    if (row === undefined) throw scheduleNotFound(id)
    return row
  }

  function refuseTaken(name: string, id: string | null): void {
    const taken = byName.get(name)
    if (taken !== undefined && taken !== id)
      throw new BrokerError(
        'INVALID_REQUEST',
        `name '${name}' is taken by schedule ${taken}; choose another, or change that one.`,
        { path: 'name' },
      )
  }

  const columns = ({ task, isPaused, ...schedule }: KeptSchedule) => ({
    ...schedule,
    task: JSON.stringify(task),
    taskName: task.name,
    isPaused: isPaused ? 1 : 0,
  })

  /** The schedule that a fire was planned for, once: null when the fire comes to nothing. */
  function begin({
    id,
    revision,
    instant,
    nextFireAt,
    now,
  }: PlannedFire): ScheduleRow | 'repeated' | 'stale' {
    const row = byId.get(id)
    if (row === undefined || row.revision !== revision || row.is_paused === 1) return 'stale'
    advance.run(nextFireAt, row.number)
    if (keepFire.run(row.number, instant).changes === 0) return 'repeated'
    trimFires.run({ number: row.number, before: now - KEPT_FIRES_MS })
    return row
  }

  return {
    /** Throws INVALID_REQUEST when the name is taken. */
    createSchedule({ schedule, now }: { readonly schedule: KeptSchedule; readonly now: EpochMs }): string {
      refuseTaken(schedule.name, null)
      const id = newId(now)
      insert.run({ ...columns(schedule), id, now })
      return id
    },
    /**
     * Only as it was read: `false` when somebody changed it meanwhile. Throws SCHEDULE_NOT_FOUND,
     * INVALID_REQUEST when the name is taken.
     */
    updateSchedule(request: {
      readonly id: string
      readonly revision: number
      readonly schedule: KeptSchedule
      readonly now: EpochMs
    }): boolean {
      const { id, revision, schedule, now } = request
      const row = find(id)
      if (row.revision !== revision) return false
      refuseTaken(schedule.name, id)
      update.run({ ...columns(schedule), number: row.number, now })
      return true
    },
    /** Throws SCHEDULE_NOT_FOUND. */
    deleteSchedule({ id }: { readonly id: string }): void {
      const { number } = find(id)
      for (const statement of remove) statement.run(number)
    },
    /** Throws whatever a submit does; then the fire has not happened. */
    fireSchedule({ task, ...fire }: PlannedFire & { readonly task: ScheduledTask }): FireOutcome {
      const row = begin(fire)
      if (typeof row === 'string') return row
      const [receipt] = submit({ tasks: [task], now: fire.now })
      setFired.run({ number: row.number, at: fire.instant, taskId: receipt!.id })
      return 'fired'
    },
    /** The fire's task was refused; the schedule goes on with its next instant. */
    failFire({
      code,
      message,
      ...fire
    }: PlannedFire & { readonly code: string; readonly message: string }): void {
      const row = begin(fire)
      if (typeof row === 'string') return
      const error = JSON.stringify({ at: fire.now, code, message: message.slice(0, 1000) })
      setError.run({ number: row.number, at: fire.instant, error })
    },
    /** Sets the instant it waits for, without a fire; for missed ones, and when the clock was set back. */
    skipFires({ id, revision, nextFireAt }: Pick<PlannedFire, 'id' | 'revision' | 'nextFireAt'>): void {
      const row = byId.get(id)
      if (row?.revision === revision) advance.run(nextFireAt, row.number)
    },
    /** Throws SCHEDULE_NOT_FOUND, and whatever a submit does. */
    runSchedule(request: {
      readonly id: string
      readonly task: ScheduledTask
      readonly now: EpochMs
    }): TaskReceipt {
      const { number } = find(request.id)
      const [receipt] = submit({ tasks: [request.task], now: request.now })
      setFired.run({ number, at: request.now, taskId: receipt!.id })
      return receipt!
    },
  }
}
