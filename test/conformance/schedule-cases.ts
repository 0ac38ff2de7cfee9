import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { NewSchedule, Schedule, ScheduleTiming } from '../../src/shared/domain/schedule.ts'
import { untilFinal } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import type { OpenBroker } from './open-broker.ts'
import { json, submitOne } from './submit-one.ts'

const everySecond: ScheduleTiming = { kind: 'interval', everyMs: 1000 }
const daily = (timeZone: string): ScheduleTiming => ({ kind: 'cron', expression: '30 2 * * *', timeZone })

function schedule(changes: Partial<NewSchedule> = {}): NewSchedule {
  return { name: 's', timing: daily('UTC'), task: { name: 'echo', kwargs: json({ a: 1 }) }, ...changes }
}

/** The schedule once `accept` says so; looks again at each event of the tasks it submits. */
async function untilSchedule(
  broker: Broker,
  id: string,
  accept: (schedule: Schedule) => boolean,
): Promise<Schedule> {
  const events = broker.subscribe({})
  const iterator = events[Symbol.asyncIterator]()
  try {
    for (;;) {
      const found = await broker.getSchedule(id)
      if (accept(found)) return found
      await iterator.next()
    }
  } finally {
    events.close()
  }
}

export function scheduleCases(open: OpenBroker): void {
  describe('a schedule', () => {
    it('submits its task again and again, one for each instant', async () => {
      await using fixture = await open()
      const { id, createdAt } = await fixture.broker.createSchedule(schedule({ timing: everySecond }))
      const fired = await untilSchedule(fixture.broker, id, ({ fires }) => fires >= 2)
      expect((fired.lastFireAt! - createdAt) % 1000).toBe(0)
      expect(fired.nextFireAt! - fired.lastFireAt!).toBeGreaterThanOrEqual(1000)
      expect(await untilFinal(fixture.broker, fired.lastTaskId!)).toMatchObject({
        state: 'succeeded',
        result: '{"args":[],"kwargs":{"a":1}}',
      })
      await fixture.broker.setSchedulePaused(id, true)
      const { fires } = await fixture.broker.getSchedule(id)
      expect(await fixture.broker.countTasks({ name: 'echo' })).toBe(fires)
    })

    it('tells when it fires next, by the clocks of its zone', async () => {
      await using fixture = await open()
      const made = await fixture.broker.createSchedule(schedule({ timing: daily('Asia/Kathmandu') }))
      expect(new Date(made.nextFireAt!).toISOString()).toMatch(/T20:45:00\.000Z$/)
      expect(made).toMatchObject({
        name: 's',
        missed: 'once',
        isPaused: false,
        lastFireAt: null,
        lastTaskId: null,
        lastError: null,
        fires: 0,
        taskName: 'echo',
        task: { name: 'echo', kwargs: '{"a":1}' },
      })
      expect(await fixture.broker.getSchedule(made.id)).toEqual(made)
    })

    it('fires no more once paused, and from the next instant once resumed', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.createSchedule(schedule({ timing: everySecond, isPaused: true }))
      expect(await fixture.broker.getSchedule(id)).toMatchObject({ isPaused: true, nextFireAt: null })
      const resumed = await fixture.broker.setSchedulePaused(id, false)
      expect(resumed.nextFireAt).toBeGreaterThan(resumed.createdAt)
      const again = await fixture.broker.setSchedulePaused(id, false)
      // It may have fired meanwhile.
      const { fires, lastFireAt, lastTaskId, nextFireAt } = again.fires > 0 ? again : resumed
      expect(again).toEqual({ ...resumed, fires, lastFireAt, lastTaskId, nextFireAt })
      await untilSchedule(fixture.broker, id, ({ fires }) => fires > 0)
    })

    it('runs now when asked, also while it is paused, and keeps its instants', async () => {
      await using fixture = await open()
      const made = await fixture.broker.createSchedule(schedule())
      const receipt = await fixture.broker.runScheduleNow(made.id)
      expect((await untilFinal(fixture.broker, receipt.id)).state).toBe('succeeded')
      expect(await fixture.broker.getSchedule(made.id)).toMatchObject({
        lastTaskId: receipt.id,
        lastFireAt: receipt.createdAt,
        fires: 1,
        nextFireAt: made.nextFireAt,
      })
      await fixture.broker.setSchedulePaused(made.id, true)
      await fixture.broker.runScheduleNow(made.id)
      expect((await fixture.broker.getSchedule(made.id)).fires).toBe(2)
    })

    it('tells of a task that was refused, and goes on', async () => {
      await using fixture = await open()
      const task = { name: 'echo', unique: { key: 'only one', forMs: 60_000 } }
      const { id } = await fixture.broker.createSchedule(schedule({ timing: everySecond, task }))
      await untilSchedule(fixture.broker, id, ({ fires }) => fires === 1)
      await expect
        .poll(() => fixture.broker.getSchedule(id), { timeout: 20_000 })
        .toMatchObject({
          fires: 1,
          lastError: { code: 'DUPLICATE_TASK', message: expect.stringContaining('unique') },
        })
      await fixture.broker.updateSchedule(id, { task: { name: 'echo' } })
      await untilSchedule(fixture.broker, id, ({ fires, lastError }) => fires >= 2 && lastError === null)
    })

    it('can be changed: what is left out stays, a new timing counts from now', async () => {
      await using fixture = await open()
      const made = await fixture.broker.createSchedule(schedule({ missed: 'skip' }))
      const renamed = await fixture.broker.updateSchedule(made.id, { name: 'other' })
      expect(renamed).toEqual({ ...made, name: 'other', updatedAt: renamed.updatedAt })
      const faster = await fixture.broker.updateSchedule(made.id, {
        timing: { kind: 'interval', everyMs: 5000 },
        task: { name: 'talkative', queue: 'q' },
        missed: 'once',
      })
      expect(faster.nextFireAt).toBe(faster.updatedAt + 5000)
      expect(faster).toMatchObject({ taskName: 'talkative', missed: 'once', task: { queue: 'q' } })
    })

    it('takes what the handler of its task says of itself', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.createSchedule(schedule({ task: { name: 'strict_input' } }))
      const receipt = await fixture.broker.runScheduleNow(id)
      expect(await fixture.broker.getTask(receipt.id)).toMatchObject({ timeoutMs: 1234, maxRetries: 7 })
    })

    it('is gone when deleted; what it submitted stays', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.createSchedule(schedule())
      const receipt = await fixture.broker.runScheduleNow(id)
      await fixture.broker.deleteSchedule(id)
      await expectRefusal(fixture.broker.getSchedule(id), 'SCHEDULE_NOT_FOUND')
      expect((await untilFinal(fixture.broker, receipt.id)).state).toBe('succeeded')
    })

    it('is listed in the order of creation, in pages', async () => {
      await using fixture = await open()
      for (const name of ['c', 'a', 'b']) await fixture.broker.createSchedule(schedule({ name }))
      const first = await fixture.broker.listSchedules({ limit: 2 })
      const rest = await fixture.broker.listSchedules({ limit: 2, cursor: first.next! })
      expect([...first.schedules, ...rest.schedules].map(({ name }) => name)).toEqual(['c', 'a', 'b'])
      expect(rest.next).toBeNull()
      await expectRefusal(fixture.broker.listSchedules({ cursor: 'no number' }), 'INVALID_REQUEST')
    })
  })

  describe('a timing', () => {
    it('shows its next fires before any schedule has it', async () => {
      await using fixture = await open()
      const fires = await fixture.broker.nextFires(daily('Europe/Berlin'), 5)
      expect(fires).toHaveLength(5)
      expect(fires).toEqual(fires.toSorted((a, b) => a - b))
      const at = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' })
      expect(fires.filter((fire) => ['02:30', '03:00'].includes(at.format(fire)))).toHaveLength(5)
      for (const count of [0, 101, 1.5])
        await expectRefusal(fixture.broker.nextFires(daily('UTC'), count), 'INVALID_REQUEST')
    })
  })

  describe('a schedule that cannot be', () => {
    it('is refused, saying what is wrong, and none is made', async () => {
      await using fixture = await open()
      const cron = (expression: string, timeZone = 'UTC') => ({
        timing: { kind: 'cron' as const, expression, timeZone },
      })
      const cases: readonly (readonly [Partial<NewSchedule>, string, RegExp])[] = [
        [cron('61 * * * *'), 'timing.expression', /minute: 61/],
        [cron('every day'), 'timing.expression', /'every day' cannot be read/],
        [cron('0 0 31 2 *'), 'timing.expression', /never fires/],
        [cron('0 0 * * *', 'Europe/Atlantis'), 'timing.timeZone', /'Europe\/Atlantis' is no time zone/],
        [{ timing: { kind: 'interval', everyMs: 10 } }, 'timing.everyMs', /from 1000/],
        [{ name: '' }, 'name', /1 to 256/],
        [{ task: { name: 'echo', queue: 'no spaces' } }, 'task.queue', /characters|pattern/],
      ]
      for (const [changes, path, message] of cases) {
        const refused = fixture.broker.createSchedule(schedule(changes))
        expect(await expectRefusal(refused, 'INVALID_REQUEST')).toEqual({ path })
        await expect(refused).rejects.toThrow(message)
      }
      expect((await fixture.broker.listSchedules({})).schedules).toEqual([])
    })

    it('is refused when its name is taken, so that creating it twice makes one', async () => {
      await using fixture = await open()
      const first = await fixture.broker.createSchedule(schedule())
      const second = fixture.broker.createSchedule(schedule())
      expect(await expectRefusal(second, 'INVALID_REQUEST')).toEqual({ path: 'name' })
      const other = await fixture.broker.createSchedule(schedule({ name: 'other' }))
      await expectRefusal(fixture.broker.updateSchedule(other.id, { name: 's' }), 'INVALID_REQUEST')
      expect((await fixture.broker.updateSchedule(first.id, { name: 's' })).name).toBe('s')
    })

    it('is not changed by a change that is refused', async () => {
      await using fixture = await open()
      const made = await fixture.broker.createSchedule(schedule())
      const timing: ScheduleTiming = { kind: 'cron', expression: '* * *', timeZone: 'UTC' }
      await expectRefusal(fixture.broker.updateSchedule(made.id, { name: 'new', timing }), 'INVALID_REQUEST')
      expect(await fixture.broker.getSchedule(made.id)).toEqual(made)
    })

    it('has a task that would be refused cannot be run now', async () => {
      await using fixture = await open()
      const unique = { key: 'only one', forMs: 60_000 }
      const { id } = await fixture.broker.createSchedule(schedule({ task: { name: 'echo', unique } }))
      await submitOne(fixture.broker, { name: 'echo', unique })
      await expectRefusal(fixture.broker.runScheduleNow(id), 'DUPLICATE_TASK')
      expect(await fixture.broker.getSchedule(id)).toMatchObject({
        fires: 0,
        lastFireAt: null,
        lastError: null,
      })
    })

    it('is not there to be read, changed, paused, run or deleted', async () => {
      await using fixture = await open()
      const { broker } = fixture
      for (const call of [
        () => broker.getSchedule('nope'),
        () => broker.updateSchedule('nope', {}),
        () => broker.setSchedulePaused('nope', true),
        () => broker.runScheduleNow('nope'),
        () => broker.deleteSchedule('nope'),
      ])
        await expectRefusal(call(), 'SCHEDULE_NOT_FOUND')
    })
  })
}
