import type { Clock, EpochMs } from '../../../shared/domain/clock.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { ScheduledTask } from '../../../shared/domain/schedule.ts'
import type { FoundSchedule } from '../store/queries/schedules.ts'
import type { Store } from '../store/store-client.ts'
import { firstFireAfter, type FixedTiming } from './fire-times.ts'
import { planFires } from './plan-fires.ts'

/** Wall clocks jump: never sleep longer than this without looking again. */
const MAX_SLEEP_MS = 60_000
/** After a look that failed, as with a full disk. */
const RETRY_MS = 5000
/** The clock was set back when it lost more than this against the time that passed. */
const JUMP_MS = 1000
const SLICE = 100

export interface RunnerDependencies {
  readonly store: Store
  readonly clock: Clock
  readonly withHandlerDefaults: (task: ScheduledTask) => ScheduledTask
  readonly onProblem: (message: string, error: unknown) => void
}

export interface ScheduleRunner {
  /** Looks now, and from then on whenever a schedule is due; resolves after the first look. */
  start(): Promise<void>
  /** Something was changed: looks again soon. */
  wake(): void
  /** One look: fires what is due. Looks never overlap. */
  look(): Promise<void>
  /** Resolves when a look under way has ended; no other begins. */
  stop(): Promise<void>
}

/**
 * Fires schedules by the wall clock. Every fire is fenced by its instant in the store, so that looking
 * twice, stopping half-way or a clock that is set back never fires one instant twice.
 */
export function createScheduleRunner(dependencies: RunnerDependencies): ScheduleRunner {
  const { store, clock, withHandlerDefaults, onProblem } = dependencies
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let isStarted = false
  let isStopped = false
  let awakeSince = clock.now()
  let seen: { readonly now: EpochMs; readonly monotonic: number } | null = null

  /** Instants after `from` count again, also those that an earlier, wrong time had gone past. */
  async function planAgain(from: EpochMs): Promise<void> {
    for (let after = 0; ;) {
      const page = await store.read('waitingSchedules', { from, after, limit: SLICE })
      for (const { schedule, revision } of page) {
        const nextFireAt = firstFireAfter(schedule.timing as FixedTiming, from)
        if (nextFireAt !== null && nextFireAt < schedule.nextFireAt!)
          await store.run('skipFires', { id: schedule.id, revision, nextFireAt })
      }
      if (page.length < SLICE) return
      after = page.at(-1)!.number
    }
  }

  async function fire(
    { schedule, revision }: FoundSchedule,
    instant: EpochMs,
    nextFireAt: EpochMs | null,
  ): Promise<void> {
    const planned = { id: schedule.id, revision, instant, nextFireAt, now: clock.now() }
    try {
      await store.run('fireSchedule', { ...planned, task: withHandlerDefaults(schedule.task) })
    } catch (error) {
      // The store cannot be written: the fire is still to come.
      if (isBrokerError(error, 'SERVICE_UNAVAILABLE')) throw error
      const code = isBrokerError(error) ? error.code : 'INTERNAL_ERROR'
      const message = error instanceof Error ? error.message : String(error)
      await store.run('failFire', { ...planned, code, message })
      onProblem(`Schedule '${schedule.name}' could not submit its task`, error)
    }
  }

  async function fireDue(found: FoundSchedule, now: EpochMs): Promise<void> {
    const { id, timing, missed, nextFireAt: due } = found.schedule
    const plan = planFires({ timing: timing as FixedTiming, missed, nextFireAt: due! }, { now, awakeSince })
    for (const [index, instant] of plan.fires.entries())
      await fire(found, instant, plan.fires[index + 1] ?? plan.nextFireAt)
    if (plan.fires.length === 0)
      await store.run('skipFires', { id, revision: found.revision, nextFireAt: plan.nextFireAt })
  }

  async function lookOnce(): Promise<void> {
    const now = clock.now()
    const monotonic = clock.monotonic()
    // What the clock shows now, less the time that has really passed: as it must have shown at the last look.
    const lastLook = seen === null ? now : now - (monotonic - seen.monotonic)
    const isSetBack = seen !== null && lastLook < seen.now - JUMP_MS
    if (isSetBack) awakeSince = Math.min(awakeSince, lastLook)
    if (seen === null || isSetBack) await planAgain(lastLook)
    seen = { now, monotonic }
    const due = await store.read('dueSchedules', { now, limit: SLICE })
    for (const found of due) if (!isStopped) await fireDue(found, now)
  }

  function sleep(ms: number): void {
    clearTimeout(timer)
    if (isStarted && !isStopped) timer = setTimeout(() => void look(), ms)
  }

  async function lookAndSleep(): Promise<void> {
    if (isStopped) return
    try {
      await lookOnce()
      const next = await store.read('nextScheduleAt', null)
      sleep(Math.min(MAX_SLEEP_MS, Math.max(0, (next ?? Number.POSITIVE_INFINITY) - clock.now())))
    } catch (error) {
      if (!isStopped) onProblem('Schedules could not be looked at', error)
      sleep(RETRY_MS)
    }
  }

  function look(): Promise<void> {
    looking = looking.then(lookAndSleep)
    return looking
  }

  return {
    start() {
      isStarted = true
      return look()
    },
    wake: () => sleep(0),
    look,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await looking
    },
  }
}
