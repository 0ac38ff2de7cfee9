import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttemptEnd, planAfterAttempt, type RunningAttempt } from './attempt-end.ts'
import { DEFAULT_BACKOFF } from './backoff.ts'
import { MAX_CRASHES } from './limits.ts'
import type { JsonText } from './json.ts'
import { movesTo, TASK_MOVES } from './state.ts'

const error = { type: 'Error', message: 'no', traceback: null, cause: null }
const ends = fc.oneof<fc.Arbitrary<AttemptEnd>[]>(
  fc.constant({ kind: 'succeeded', result: '1' as JsonText }),
  fc.record({
    kind: fc.constant('failed' as const),
    error: fc.constant(error),
    mayRetry: fc.boolean(),
    retryAfterMs: fc.option(fc.nat(1_000_000), { nil: null }),
  }),
  fc.constant({ kind: 'timed_out', error }),
  fc.constant({ kind: 'cancelled' }),
  fc.record({
    kind: fc.constant('lost' as const),
    error: fc.constant(error),
    blame: fc.constantFrom('guilty' as const, 'suspect' as const, 'innocent' as const),
  }),
)
const tasks: fc.Arbitrary<RunningAttempt> = fc
  .record({
    attempt: fc.integer({ min: 1, max: 30 }),
    excusedAttempts: fc.nat(29),
    crashes: fc.nat(MAX_CRASHES - 1),
    maxRetries: fc.nat(10),
    backoff: fc.constant(DEFAULT_BACKOFF),
    isCancelRequested: fc.boolean(),
    isPauseRequested: fc.boolean(),
    isStarted: fc.boolean(),
  })
  .filter((task) => task.excusedAttempts < task.attempt)
const at = { now: 1_000_000, random: () => 0.5 }
const fresh: RunningAttempt = {
  attempt: 1,
  excusedAttempts: 0,
  crashes: 0,
  maxRetries: 3,
  backoff: DEFAULT_BACKOFF,
  isCancelRequested: false,
  isPauseRequested: false,
  isStarted: true,
}
const failed: Extract<AttemptEnd, { kind: 'failed' }> = {
  kind: 'failed',
  error,
  mayRetry: true,
  retryAfterMs: null,
}

describe('what becomes of a task when its attempt ends', () => {
  it('is always a legal move from running', () => {
    const legal = new Set(TASK_MOVES.flatMap((move) => movesTo('running', move)))
    fc.assert(
      fc.property(tasks, ends, (task, end) => {
        expect(legal).toContain(planAfterAttempt(task, end, at).state)
      }),
    )
  })

  it('is cancelled whenever somebody asked for that, however the attempt ended', () => {
    fc.assert(
      fc.property(tasks, ends, (task, end) => {
        expect(planAfterAttempt({ ...task, isCancelRequested: true }, end, at).state).toBe('cancelled')
      }),
    )
  })

  it('is paused when somebody asked for that, unless it succeeded first', () => {
    const paused = { ...fresh, isPauseRequested: true }
    expect(planAfterAttempt(paused, failed, at).state).toBe('paused')
    expect(planAfterAttempt(paused, { kind: 'timed_out', error }, at).state).toBe('paused')
    expect(planAfterAttempt(paused, { kind: 'succeeded', result: '1' as JsonText }, at).state).toBe(
      'succeeded',
    )
    expect(planAfterAttempt({ ...paused, isCancelRequested: true }, failed, at).state).toBe('cancelled')
  })

  it('is a retry exactly maxRetries times, whatever was excused on the way', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.nat(10), (maxRetries, excusedAttempts) => {
        const outcomes = Array.from({ length: maxRetries + 1 }, (_, failures) =>
          planAfterAttempt(
            { ...fresh, maxRetries, excusedAttempts, attempt: failures + 1 + excusedAttempts },
            failed,
            at,
          ),
        )
        expect(outcomes.map(({ state }) => state)).toEqual([
          ...Array<string>(maxRetries).fill('retrying'),
          'failed',
        ])
      }),
    )
  })

  it('is dead at once when the error says that a retry is pointless', () => {
    expect(planAfterAttempt(fresh, { ...failed, mayRetry: false }, at).state).toBe('failed')
  })

  it('waits as long as the error asks for', () => {
    expect(planAfterAttempt(fresh, { ...failed, retryAfterMs: 77 }, at)).toMatchObject({
      state: 'retrying',
      runAt: at.now + 77,
    })
  })

  it('is timed out, not failed, when the last attempt ran past its limit', () => {
    expect(planAfterAttempt({ ...fresh, attempt: 4 }, { kind: 'timed_out', error }, at).state).toBe(
      'timed_out',
    )
  })

  it('is quarantined by the third crash of its own, and by no number of crashes beside it', () => {
    const lost = (blame: 'guilty' | 'suspect' | 'innocent', crashes: number) =>
      planAfterAttempt({ ...fresh, crashes }, { kind: 'lost', error, blame }, at)
    expect(lost('guilty', 1)).toMatchObject({ state: 'pending', crashes: 2, isSuspect: true })
    expect(lost('guilty', 2)).toMatchObject({ state: 'failed', error: { type: 'PoisonTaskError' } })
    expect(lost('suspect', 2)).toMatchObject({ state: 'pending', crashes: 2, isSuspect: true })
    expect(lost('innocent', 2)).toMatchObject({ state: 'pending', crashes: 2, isSuspect: false })
  })
})
