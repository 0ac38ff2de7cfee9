import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { MAX_EPOCH_MS } from '../../../../shared/domain/limits.ts'
import { formatClockTime, formatDay } from '../../../ui/format/instant.ts'

/** A stretch of time: back from now, everything longer ago than that, or from one instant up to another. */
export type TimeRange =
  | { readonly kind: 'last' | 'before'; readonly count: number; readonly unit: TimeUnit }
  | { readonly kind: 'between'; readonly from: EpochMs | null; readonly to: EpochMs | null }

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const
export type TimeUnit = keyof typeof UNITS

const UNIT_WORDS: Readonly<Record<TimeUnit, string>> = { m: 'min', h: 'h', d: 'd' }
const MAX_COUNT = 9999

/**
 * Reads `24h` (the last 24 hours), `>1h` (longer ago), or `2026-11-20..2026-11-21T12:30`, of which one side may be
 * missing. A day or time without a zone is the reader's own; a day as the end is that whole day, and alone it is
 * the day itself. Null when it is none of these.
 */
export function readTimeRange(text: string): TimeRange | null {
  const source = text.trim()
  const span = /^(>?)\s*(\d{1,4})\s*([mhd])$/i.exec(source)
  if (span !== null) {
    const count = Number(span[2])
    const unit = span[3]!.toLowerCase() as TimeUnit
    return count >= 1 && count <= MAX_COUNT ? { kind: span[1] === '' ? 'last' : 'before', count, unit } : null
  }
  const dots = source.indexOf('..')
  const first = dots < 0 ? source : source.slice(0, dots)
  const last = dots < 0 ? source : source.slice(dots + 2)
  if (dots < 0 && !DAY.test(source)) return null
  const from = first.trim() === '' ? null : readInstant(first.trim(), 'from')
  const to = last.trim() === '' ? null : readInstant(last.trim(), 'to')
  if (from === undefined || to === undefined || (from === null && to === null)) return null
  return from !== null && to !== null && from >= to ? null : { kind: 'between', from, to }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MINUTE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?$/

/** Undefined when it is no instant. */
function readInstant(text: string, side: 'from' | 'to'): EpochMs | undefined {
  const isDay = DAY.test(text)
  if (!isDay && !MINUTE.test(text)) return undefined
  const date = new Date(isDay ? `${text}T00:00` : text.replace(' ', 'T'))
  // Date moves the 31st of a short month to the next.
  if (isDay && date.getDate() !== Number(text.slice(8))) return undefined
  if (isDay && side === 'to') date.setDate(date.getDate() + 1)
  const at = date.getTime()
  return Number.isFinite(at) && at >= 0 && at <= MAX_EPOCH_MS ? at : undefined
}

/** As it stands in an address: read back as itself, wherever it is opened. */
export function writeTimeRange(range: TimeRange): string {
  if (range.kind !== 'between') return `${range.kind === 'before' ? '>' : ''}${range.count}${range.unit}`
  return `${range.from === null ? '' : writeInstant(range.from)}..${range.to === null ? '' : writeInstant(range.to)}`
}

const writeInstant = (at: EpochMs) => new Date(at).toISOString().replace(/(?::00)?\.000Z$/, 'Z')

/** What a chip says: `last 24 h`, `over 1 h ago`, `20 Nov 10:00 – 21 Nov 12:30`. */
export function timeRangeWords(range: TimeRange): string {
  if (range.kind !== 'between') {
    const span = `${range.count} ${UNIT_WORDS[range.unit]}`
    return range.kind === 'last' ? `last ${span}` : `over ${span} ago`
  }
  const words = (at: EpochMs) => `${formatDay(at)} ${formatClockTime(at)}`
  if (range.to === null) return `since ${words(range.from ?? 0)}`
  return range.from === null ? `before ${words(range.to)}` : `${words(range.from)} – ${words(range.to)}`
}

/** From when on, and up to when, seen from `now`. */
export function boundsOf(
  range: TimeRange,
  now: EpochMs,
): { readonly after: EpochMs | undefined; readonly before: EpochMs | undefined } {
  if (range.kind === 'between') return { after: range.from ?? undefined, before: range.to ?? undefined }
  const at = Math.max(0, now - range.count * UNITS[range.unit])
  return range.kind === 'last' ? { after: at, before: undefined } : { after: undefined, before: at }
}
