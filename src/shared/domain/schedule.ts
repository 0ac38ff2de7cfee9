import type { EpochMs } from './clock.ts'
import type { SubmitTask, TaskReceipt } from './task.ts'

/** When a schedule fires. */
export type ScheduleTiming =
  | {
      readonly kind: 'cron'
      /**
       * Five fields (minute, hour, day of month, month, day of week), six with seconds in front, or a
       * nickname as `@daily`. A fixed time that a change of the clocks leaves out fires right after the
       * gap; one that comes twice fires once.
       */
      readonly expression: string
      /** IANA name, as `Europe/Berlin`. */
      readonly timeZone: string
    }
  | {
      readonly kind: 'interval'
      /** From one instant to the next, in milliseconds: 1 second to 366 days. */
      readonly everyMs: number
      /** The first instant, `everyMs` before the second. When left out, now: the first is then `everyMs` away. */
      readonly anchorAt?: EpochMs | undefined
    }

/**
 * What becomes of instants that passed while Penstock was closed, the computer slept, or the clock was
 * set ahead: `skip` forgets them, `once` fires one time for all of them.
 */
export type MissedFires = 'skip' | 'once'

/** What a fire submits. Every fire is a task of its own, due at once. */
export type ScheduledTask = Omit<SubmitTask, 'runAt' | 'idempotencyKey' | 'parentId'>

export interface NewSchedule {
  /** 1 to 256 characters, unique: creating the same schedule twice is refused. */
  readonly name: string
  readonly timing: ScheduleTiming
  readonly task: ScheduledTask
  /** Default `once`. */
  readonly missed?: MissedFires | undefined
  readonly isPaused?: boolean | undefined
}

/** What is left out stays. A new timing counts from now. */
export type ScheduleChanges = Partial<Omit<NewSchedule, 'isPaused'>>

export interface ScheduleError {
  readonly at: EpochMs
  readonly code: string
  readonly message: string
}

/** A schedule without its task's input; what lists carry. */
export interface ScheduleSummary {
  /** UUIDv7. */
  readonly id: string
  readonly name: string
  readonly timing: ScheduleTiming
  readonly missed: MissedFires
  readonly isPaused: boolean
  readonly taskName: string
  /** Null while it is paused, and when no instant is left. */
  readonly nextFireAt: EpochMs | null
  /** The newest instant it fired for, or when it was run by hand. */
  readonly lastFireAt: EpochMs | null
  /** Of the last fire that submitted one; it may have been deleted. */
  readonly lastTaskId: string | null
  /** Why the last fire submitted nothing; null when it did. */
  readonly lastError: ScheduleError | null
  /** Tasks submitted so far. */
  readonly fires: number
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
}

export interface Schedule extends ScheduleSummary {
  readonly task: ScheduledTask
}

export interface SchedulePage {
  /** In the order they were created. */
  readonly schedules: readonly ScheduleSummary[]
  /** Cursor of the next page, null on the last. */
  readonly next: string | null
}

/**
 * Domain model, "Schedule". There are never two fires for one instant of one schedule: the fire and its
 * task are one transaction. A fire whose task is refused tells so in `lastError`, and the next one comes.
 */
export interface SchedulePort {
  /** @throws INVALID_REQUEST saying what is wrong with the expression, the time zone or another field. */
  createSchedule(schedule: NewSchedule): Promise<Schedule>
  /** @throws SCHEDULE_NOT_FOUND, INVALID_REQUEST */
  updateSchedule(id: string, changes: ScheduleChanges): Promise<Schedule>
  /** Its tasks stay. @throws SCHEDULE_NOT_FOUND */
  deleteSchedule(id: string): Promise<void>
  /** @throws SCHEDULE_NOT_FOUND */
  getSchedule(id: string): Promise<Schedule>
  /**
   * @param page `limit` 1 to 1000, default 100; `cursor` is the `next` of the page before.
   * @throws INVALID_REQUEST for a cursor of another list.
   */
  listSchedules(page: {
    readonly limit?: number | undefined
    readonly cursor?: string | undefined
  }): Promise<SchedulePage>
  /** Instants that pass meanwhile are not made up for. Idempotent. @throws SCHEDULE_NOT_FOUND */
  setSchedulePaused(id: string, isPaused: boolean): Promise<Schedule>
  /**
   * Submits its task now, beside its instants; a paused one too.
   * @throws SCHEDULE_NOT_FOUND, and whatever `submit` does.
   */
  runScheduleNow(id: string): Promise<TaskReceipt>
  /**
   * The next instants of a timing, whether or not a schedule has it yet; fewer than `count` when no
   * more are left. @param count 1 to 100. @throws INVALID_REQUEST
   */
  nextFires(timing: ScheduleTiming, count: number): Promise<readonly EpochMs[]>
}
