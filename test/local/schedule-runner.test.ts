import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSchedules } from '../../src/server/local/schedules/create-schedules.ts'
import { createScheduleRunner } from '../../src/server/local/schedules/schedule-runner.ts'
import type { Store } from '../../src/server/local/store/store-client.ts'
import { BrokerError } from '../../src/shared/domain/errors.ts'
import type { MissedFires, ScheduleTiming } from '../../src/shared/domain/schedule.ts'
import { openTestStore } from './open-store.ts'

const START = Date.UTC(2026, 5, 1, 12)
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const everyMinute: ScheduleTiming = { kind: 'cron', expression: '* * * * *', timeZone: 'Europe/Berlin' }

/** A clock that only moves when it is told to; a jump moves the wall and not the time that passes. */
function handMovedClock() {
  let now = START
  let monotonic = 0
  return {
    now: () => now,
    monotonic: () => monotonic,
    pass(ms: number): void {
      now += ms
      monotonic += ms
    },
    jump(ms: number): void {
      now += ms
    },
  }
}

/** The schedules of one store, looked at when a test says so; and for which instants they fired. */
function scheduler(store: Store, clock: ReturnType<typeof handMovedClock>) {
  const fired: number[] = []
  const problems: string[] = []
  const observed: Store = {
    ...store,
    async run(name, params) {
      const value = await store.run(name, params)
      if (name === 'fireSchedule' && value === 'fired') fired.push((params as { instant: number }).instant)
      return value
    },
  }
  const open = () =>
    createScheduleRunner({
      store: observed,
      clock,
      withHandlerDefaults: (task) => task,
      onProblem: (message) => problems.push(message),
    })
  let runner = open()
  const port = createSchedules({
    store,
    clock,
    withHandlerDefaults: (task) => task,
    runner: { wake: () => {} },
  })
  return {
    fired,
    problems,
    port,
    look: () => runner.look(),
    /** As after a restart: nothing that was in memory is known any more. */
    reopen(): void {
      runner = open()
    },
    countTasks: () => store.read('countTasks', {}),
    create: (missed: MissedFires, timing = everyMinute) =>
      port.createSchedule({ name: 's', timing, task: { name: 't' }, missed }),
  }
}

/** What may happen between two looks: mostly time, in steps with and without an instant in them. */
const steps = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.integer({ min: 1, max: 3 * MINUTE_MS }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.integer({ min: -10 * MINUTE_MS, max: 10 * MINUTE_MS }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('reopen' as const),
      ms: fc.integer({ min: 0, max: 10 * MINUTE_MS }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('pause' as const, 'resume' as const, 'rename' as const),
      ms: fc.constant(0),
    }),
  },
)

const at = (minutes: number) => START + minutes * MINUTE_MS

describe('the schedules', () => {
  it('fire once for all that they missed while closed, and then in their rhythm', async () => {
    const clock = handMovedClock()
    using opened = await openTestStore()
    const { create, look, fired, reopen, countTasks, port } = scheduler(opened.store, clock)
    const { id } = await create('once')
    await look()
    clock.pass(5 * HOUR_MS + 20_000)
    reopen()
    await look()
    await look()
    expect(fired).toEqual([at(300)])
    expect(await port.getSchedule(id)).toMatchObject({ lastFireAt: at(300), nextFireAt: at(301), fires: 1 })
    clock.pass(MINUTE_MS)
    await look()
    expect(fired).toEqual([at(300), at(301)])
    expect(await countTasks()).toBe(2)
  })

  it('skip what they missed while closed, when told to', async () => {
    const clock = handMovedClock()
    using opened = await openTestStore()
    const { create, look, fired, reopen, port } = scheduler(opened.store, clock)
    const { id } = await create('skip')
    clock.pass(5 * HOUR_MS)
    reopen()
    await look()
    expect(fired).toEqual([])
    expect((await port.getSchedule(id)).nextFireAt).toBe(at(301))
    clock.pass(MINUTE_MS)
    await look()
    expect(fired).toEqual([at(301)])
  })

  it('fire for every instant that passed while the program was busy', async () => {
    const clock = handMovedClock()
    using opened = await openTestStore()
    const { create, look, fired } = scheduler(opened.store, clock)
    await create('skip', { kind: 'interval', everyMs: 1000 })
    await look()
    clock.pass(7400)
    await look()
    expect(fired).toEqual([1, 2, 3, 4, 5, 6, 7].map((second) => START + second * 1000))
  })

  it.each([5, 15])(
    'fire no instant twice when the clock is set back by %s minutes, and none less',
    async (back) => {
      const clock = handMovedClock()
      using opened = await openTestStore()
      const { create, look, fired } = scheduler(opened.store, clock)
      await create('skip')
      await look()
      for (let minute = 0; minute < 10; minute += 1) {
        clock.pass(MINUTE_MS)
        await look()
      }
      clock.jump(-back * MINUTE_MS)
      for (let minute = 0; minute < 10; minute += 1) {
        clock.pass(MINUTE_MS)
        await look()
      }
      const before = Array.from({ length: 10 }, (_, index) => at(index + 1))
      const after = Array.from({ length: 10 }, (_, index) => at(10 - back + index + 1))
      expect(fired).toEqual([...before, ...after.filter((instant) => !before.includes(instant))])
    },
  )

  it('count instants between a set-back clock and the look that notices it', async () => {
    const clock = handMovedClock()
    using opened = await openTestStore()
    const { create, look, fired } = scheduler(opened.store, clock)
    await create('skip', { kind: 'interval', everyMs: 10_000 })
    await look()
    clock.jump(HOUR_MS)
    await look()
    clock.pass(5000)
    clock.jump(-HOUR_MS)
    clock.pass(30_000)
    await look()
    expect(fired).toEqual([10_000, 20_000, 30_000].map((ms) => START + ms))
  })

  it('go on at once when a wrong, far future is corrected', async () => {
    const clock = handMovedClock()
    using opened = await openTestStore()
    const { create, look, fired, reopen } = scheduler(opened.store, clock)
    await create('once')
    await look()
    const years = 10 * 365 * 24 * HOUR_MS
    clock.jump(years)
    await look()
    clock.jump(-years)
    reopen()
    await look()
    clock.pass(MINUTE_MS)
    await look()
    clock.pass(MINUTE_MS)
    await look()
    expect(fired).toEqual([START + years, at(1), at(2)])
  })

  it('never fire an instant twice, whatever the clock and the program do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('skip' as const, 'once' as const),
        fc.array(steps, { maxLength: 30, size: 'max' }),
        async (missed, taken) => {
          const clock = handMovedClock()
          using opened = await openTestStore()
          const { create, look, fired, reopen, countTasks, port, problems } = scheduler(opened.store, clock)
          const { id } = await create(missed)
          await look()
          for (const [index, step] of taken.entries()) {
            if (step.do === 'pass' || step.do === 'reopen') clock.pass(step.ms)
            if (step.do === 'jump') clock.jump(step.ms)
            if (step.do === 'reopen') reopen()
            if (step.do === 'pause') await port.setSchedulePaused(id, true)
            if (step.do === 'resume') await port.setSchedulePaused(id, false)
            if (step.do === 'rename') await port.updateSchedule(id, { name: `name ${index}` })
            await look()
          }
          expect(new Set(fired).size).toBe(fired.length)
          expect(fired.every((instant) => instant % MINUTE_MS === 0)).toBe(true)
          expect(await countTasks()).toBe(fired.length)
          expect(problems).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('keep what is left of a burst for later while the store cannot be written', async () => {
    const clock = handMovedClock()
    using opened = await openTestStore()
    let fires = 0
    const failing = failingStore(opened.store, () => {
      fires += 1
      return fires === 3
        ? new BrokerError('SERVICE_UNAVAILABLE', 'The disk is full.', { component: 'store' })
        : null
    })
    const { create, look, fired, problems, port } = scheduler(failing, clock)
    const { id } = await create('skip', { kind: 'interval', everyMs: 1000 })
    await look()
    clock.pass(5000)
    await look()
    expect(fired).toEqual([START + 1000, START + 2000])
    expect(problems).toEqual(['Schedules could not be looked at'])
    expect(await port.getSchedule(id)).toMatchObject({ nextFireAt: START + 3000, lastError: null })
    await look()
    expect(fired).toEqual([1, 2, 3, 4, 5].map((second) => START + second * 1000))
  })

  it('tell of a fire that fails for no good reason, and do not try it again and again', async () => {
    const clock = handMovedClock()
    using opened = await openTestStore()
    const failing = failingStore(opened.store, () => new Error('a bug'))
    const { create, look, fired, problems, port } = scheduler(failing, clock)
    const { id } = await create('once')
    await look()
    clock.pass(MINUTE_MS)
    await look()
    await look()
    expect(fired).toEqual([])
    expect(problems).toEqual(["Schedule 's' could not submit its task"])
    expect(await port.getSchedule(id)).toMatchObject({
      nextFireAt: at(2),
      lastError: { code: 'INTERNAL_ERROR', message: 'a bug', at: at(1) },
    })
  })
})

/** The store, with fires that fail as asked. */
function failingStore(store: Store, fail: () => Error | null): Store {
  return {
    ...store,
    run(name, params) {
      const error = name === 'fireSchedule' ? fail() : null
      return error === null ? store.run(name, params) : Promise.reject(error)
    },
  }
}
