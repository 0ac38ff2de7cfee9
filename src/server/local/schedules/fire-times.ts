import { Cron } from 'croner'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { MAX_EPOCH_MS } from '../../../shared/domain/limits.ts'
import type { ScheduleTiming } from '../../../shared/domain/schedule.ts'

const MIN_INTERVAL_MS = 1000
/** 366 days. */
const MAX_INTERVAL_MS = 366 * 24 * 3_600_000
const MAX_EXPRESSION_LENGTH = 256

/** A timing that was checked, and knows where its intervals begin. */
export type FixedTiming =
  | Extract<ScheduleTiming, { kind: 'cron' }>
  | (Extract<ScheduleTiming, { kind: 'interval' }> & { readonly anchorAt: EpochMs })

/** The first instant after `after`; null when there is none. */
export function firstFireAfter(timing: FixedTiming, after: EpochMs): EpochMs | null {
  if (timing.kind === 'cron') return toCron(timing).nextRun(new Date(after))?.getTime() ?? null
  const { anchorAt, everyMs } = timing
  const next = anchorAt + Math.max(0, Math.floor((after - anchorAt) / everyMs) + 1) * everyMs
  return next > MAX_EPOCH_MS ? null : next
}

/** The last instant up to and including `upTo`; null when there is none. */
export function lastFireUpTo(timing: FixedTiming, upTo: EpochMs): EpochMs | null {
  // Croner looks strictly before its reference.
  if (timing.kind === 'cron')
    return (
      toCron(timing)
        .previousRuns(1, new Date(upTo + 1))[0]
        ?.getTime() ?? null
    )
  const { anchorAt, everyMs } = timing
  const steps = Math.floor((upTo - anchorAt) / everyMs)
  return steps < 0 ? null : anchorAt + steps * everyMs
}

/**
 * The timing with its anchor, when it can fire at all after `now`.
 * @param path of the timing in the request, as `timing`.
 * @throws INVALID_REQUEST saying what is wrong.
 */
export function fixTiming(timing: ScheduleTiming, now: EpochMs, path: string): FixedTiming {
  const fixed = timing.kind === 'cron' ? checkCron(timing, path) : fixInterval(timing, now, path)
  if (firstFireAfter(fixed, now) === null)
    throw refuse(timing.kind === 'cron' ? `${path}.expression` : path, 'never fires')
  return fixed
}

function fixInterval(
  { everyMs, anchorAt }: Extract<ScheduleTiming, { kind: 'interval' }>,
  now: EpochMs,
  path: string,
): FixedTiming {
  if (!(Number.isInteger(everyMs) && everyMs >= MIN_INTERVAL_MS && everyMs <= MAX_INTERVAL_MS))
    throw refuse(
      `${path}.everyMs`,
      `must be a whole number of milliseconds from ${MIN_INTERVAL_MS} to ${MAX_INTERVAL_MS}`,
    )
  const anchor = anchorAt ?? now
  if (!(Number.isInteger(anchor) && anchor >= 0 && anchor <= MAX_EPOCH_MS))
    throw refuse(`${path}.anchorAt`, `must be a whole number from 0 to ${MAX_EPOCH_MS}`)
  return { kind: 'interval', everyMs, anchorAt: anchor }
}

function checkCron(timing: Extract<ScheduleTiming, { kind: 'cron' }>, path: string): FixedTiming {
  const { expression, timeZone } = timing
  if (expression.length > MAX_EXPRESSION_LENGTH)
    throw refuse(`${path}.expression`, `must have at most ${MAX_EXPRESSION_LENGTH} characters`)
  try {
    Intl.DateTimeFormat('en', { timeZone })
  } catch {
    throw refuse(
      `${path}.timeZone`,
      `'${timeZone}' is no time zone; give an IANA name, as Europe/Berlin or UTC`,
    )
  }
  let cron: Cron
  try {
    cron = toCron(timing)
  } catch (error) {
    throw refuse(`${path}.expression`, `'${expression}' cannot be read: ${inWords(error)}`)
  }
  // A date is a pattern to the library; it would fire once, which is what a task's own time is for.
  if (cron.getOnce() !== null)
    throw refuse(`${path}.expression`, `'${expression}' is a date, no cron expression`)
  return { kind: 'cron', expression, timeZone }
}

function toCron({ expression, timeZone }: { readonly expression: string; readonly timeZone: string }): Cron {
  return new Cron(expression, {
    timezone: timeZone,
    mode: '5-or-6-parts',
    fixedTimeRule: 'no-wildcard',
  })
}

function inWords(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^Cron\w+: /, '').replace(/\.$/, '')
}

function refuse(path: string, what: string): BrokerError {
  return new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
}
