import type { EpochMs } from '../../shared/domain/clock.ts'
import type { Period } from '../../shared/domain/queue.ts'
import { formatCount } from '../ui/format/count.ts'
import { formatClockTime, formatDay } from '../ui/format/instant.ts'

export const AXIS_TICK = { fontSize: 11, fill: 'var(--color-text-3)' } as const

/** Room for `1,000`. */
export const AXIS_WIDTH = 40

export const CHART_MARGIN = { top: 8, right: 16, bottom: 0, left: 0 } as const

export const HOVER_LINE = {
  stroke: 'var(--color-icon)',
  strokeWidth: 1,
  strokeDasharray: '2 2',
  fill: 'none',
} as const

export function formatRateTick(value: number): string {
  return value >= 1000 ? formatCount(value) : String(value)
}

/** A clock time, or a day where the chart spans several. */
export function formatTimeTick(at: EpochMs, period: Period): string {
  return period === '7d' || period === '30d' ? formatDay(at) : formatClockTime(at)
}

/** The reader's offset from UTC at an instant. */
export function utcOffsetMs(at: EpochMs): number {
  return -new Date(at).getTimezoneOffset() * 60_000
}
