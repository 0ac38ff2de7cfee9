import type { EpochMs } from '../../../shared/domain/clock.ts'

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockTimeWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const calendarDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** `14:32`, in the reader's time zone. */
export function formatClockTime(at: EpochMs): string {
  return clockTime.format(at)
}

/** `14:32:07`, in the reader's time zone. */
export function formatClockSeconds(at: EpochMs): string {
  return clockTimeWithSeconds.format(at)
}

/** `14:32:07.120`, in the reader's time zone. */
export function formatClockMillis(at: EpochMs): string {
  return `${clockTimeWithSeconds.format(at)}.${String(at % 1000).padStart(3, '0')}`
}

/** `17 Nov`. */
export function formatDay(at: EpochMs): string {
  return calendarDay.format(at)
}

/** The exact instant with its offset, to the millisecond: `2026-11-21 14:32:07.120 +01:00`. */
export function formatInstant(at: EpochMs): string {
  const offsetMinutes = -new Date(at).getTimezoneOffset()
  const local = new Date(at + offsetMinutes * 60_000).toISOString()
  const absolute = Math.abs(offsetMinutes)
  const pad = (value: number) => String(value).padStart(2, '0')
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(absolute / 60))}:${pad(absolute % 60)}`
  return `${local.slice(0, 10)} ${local.slice(11, 23)} ${offset}`
}

/**
 * The part of a task's id that tells it from its neighbours: the last eight digits, because the first
 * ones of a UUIDv7 are its time and alike.
 */
export function shortId(id: string): string {
  return id.length <= 8 ? id : id.slice(-8)
}
