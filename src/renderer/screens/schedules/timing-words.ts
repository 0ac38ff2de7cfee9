import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { ScheduleTiming } from '../../../shared/domain/schedule.ts'
import { describeCron } from './describe-cron.ts'

/** The units an interval is entered in. */
export const INTERVAL_UNITS = [
  { value: 'seconds', ms: 1000 },
  { value: 'minutes', ms: 60_000 },
  { value: 'hours', ms: 3_600_000 },
  { value: 'days', ms: 86_400_000 },
] as const
export type IntervalUnit = (typeof INTERVAL_UNITS)[number]['value']

/** An interval in the largest unit that takes a whole number of it. */
export function splitInterval(everyMs: number): { readonly count: number; readonly unit: IntervalUnit } {
  const { value, ms } = INTERVAL_UNITS.findLast(({ ms }) => everyMs % ms === 0) ?? INTERVAL_UNITS[0]
  return { count: everyMs / ms, unit: value }
}

/** When a schedule fires, in words; a cron expression that words do not fit stays as it is. */
export function describeTiming(timing: ScheduleTiming): string {
  if (timing.kind === 'cron') return describeCron(timing.expression) ?? timing.expression
  const { count, unit } = splitInterval(timing.everyMs)
  return count === 1 ? `Every ${unit.slice(0, -1)}` : `Every ${count} ${unit}`
}

/** `Mon 23 Nov, 09:00`, with seconds where they say something, as clocks show it in a time zone. */
export function formatFire(at: EpochMs, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(at % 60_000 === 0 ? {} : { second: '2-digit' }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at)
}

/** The reader's own time zone, as `Europe/Berlin`. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
