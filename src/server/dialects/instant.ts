import type { EpochMs } from '../../shared/domain/clock.ts'

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?([Zz]|[+-]\d\d:?\d\d)?)?$/

/**
 * The instant of an ISO 8601 or RFC 3339 text, in whole milliseconds; null when it is none. Without a
 * zone it is UTC; a date alone is its midnight. Days and hours that do not exist are none.
 */
export function parseInstant(text: string): EpochMs | null {
  const parts = ISO.exec(text)
  if (parts === null) return null
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (hour > 23 || minute > 59 || second > 59) return null
  const ms = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const offset = offsetMs(parts[8])
  if (offset === null) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  date.setUTCHours(hour, minute, second, ms)
  return date.getTime() - offset
}

function offsetMs(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 23 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** As `2024-01-09T12:00:00.000Z`. */
export function isoInstant(at: EpochMs): string {
  return new Date(at).toISOString()
}

export function isoInstantOrNull(at: EpochMs | null): string | null {
  return at === null ? null : isoInstant(at)
}
