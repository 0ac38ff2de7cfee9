import type { Clock, EpochMs } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import type { Schedule, SchedulePort } from '../../../shared/domain/schedule.ts'
import { checkSubmit } from '../check-submit.ts'
import type { KeptSchedule } from '../store/commands/schedules.ts'
import type { Store } from '../store/store-client.ts'
import { firstFireAfter, type FixedTiming, fixTiming } from './fire-times.ts'
import type { RunnerDependencies, ScheduleRunner } from './schedule-runner.ts'

const MAX_NAME_LENGTH = 256
const MAX_PREVIEW = 100

export interface ScheduleDependencies extends Pick<RunnerDependencies, 'withHandlerDefaults'> {
  readonly store: Store
  readonly clock: Clock
  readonly runner: Pick<ScheduleRunner, 'wake'>
}

export function createSchedules({
  store,
  clock,
  runner,
  withHandlerDefaults,
}: ScheduleDependencies): SchedulePort {
  async function getSchedule(id: string): Promise<Schedule> {
    return (await store.read('schedule', { id })).schedule
  }

  /** Reads it, and writes what comes of it; again when somebody else wrote in between. */
  async function change(
    id: string,
    toChanged: (schedule: Schedule, now: EpochMs) => KeptSchedule,
  ): Promise<Schedule> {
    for (;;) {
      const { schedule, revision } = await store.read('schedule', { id })
      const now = clock.now()
      const changed = toChanged(schedule, now)
      if (await store.run('updateSchedule', { id, revision, schedule: changed, now })) break
    }
    runner.wake()
    return getSchedule(id)
  }

  return {
    async createSchedule({ name, timing, task, missed = 'once', isPaused = false }) {
      const now = clock.now()
      checkName(name)
      checkSubmit(task, 'task')
      const fixed = fixTiming(timing, now, 'timing')
      const nextFireAt = isPaused ? null : firstFireAfter(fixed, now)
      const schedule = { name, timing: JSON.stringify(fixed), missed, task, isPaused, nextFireAt }
      const id = await store.run('createSchedule', { schedule, now })
      runner.wake()
      return getSchedule(id)
    },
    async updateSchedule(id, { name, timing, task, missed }) {
      if (name !== undefined) checkName(name)
      if (task !== undefined) checkSubmit(task, 'task')
      return change(id, (schedule, now) => {
        const fixed = timing === undefined ? null : fixTiming(timing, now, 'timing')
        const { isPaused } = schedule
        return {
          name: name ?? schedule.name,
          timing: JSON.stringify(fixed ?? schedule.timing),
          missed: missed ?? schedule.missed,
          task: task ?? schedule.task,
          isPaused,
          nextFireAt: fixed === null || isPaused ? schedule.nextFireAt : firstFireAfter(fixed, now),
        }
      })
    },
    deleteSchedule: (id) => store.run('deleteSchedule', { id }),
    getSchedule,
    listSchedules: (page) => store.read('schedules', page),
    async setSchedulePaused(id, isPaused) {
      const before = await getSchedule(id)
      if (before.isPaused === isPaused) return before
      return change(id, (schedule, now) => ({
        name: schedule.name,
        timing: JSON.stringify(schedule.timing),
        missed: schedule.missed,
        task: schedule.task,
        isPaused,
        nextFireAt: isPaused ? null : firstFireAfter(schedule.timing as FixedTiming, now),
      }))
    },
    async runScheduleNow(id) {
      const { task } = await getSchedule(id)
      return store.run('runSchedule', { id, task: withHandlerDefaults(task), now: clock.now() })
    },
    async nextFires(timing, count) {
      if (!(Number.isInteger(count) && count >= 1 && count <= MAX_PREVIEW))
        throw refuse('count', `must be a whole number from 1 to ${MAX_PREVIEW}`)
      const now = clock.now()
      const fixed = fixTiming(timing, now, 'timing')
      const fires: EpochMs[] = []
      let at = firstFireAfter(fixed, now)
      while (at !== null && fires.length < count) {
        fires.push(at)
        at = firstFireAfter(fixed, at)
      }
      return fires
    },
  }
}

function checkName(name: string): void {
  if (name.length === 0 || name.length > MAX_NAME_LENGTH)
    throw refuse('name', `must have 1 to ${MAX_NAME_LENGTH} characters`)
}

function refuse(path: string, what: string): BrokerError {
  return new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
}
