import type { EpochMs } from '../../shared/domain/clock.ts'

/**
 * Round values from zero up to the first one not below `max`: where the grid lines are.
 * @param max ≥ 0; nothing at all gets a single step of one
 * @param steps at most so many, for an axis that is small
 */
export function valueTicks(max: number, steps = 4): readonly number[] {
  if (max <= 0) return [0, 1]
  const step = roundStep(max, steps)
  const count = Math.max(1, Math.ceil(max / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that needs at most `steps` to reach `max`. */
function roundStep(max: number, steps: number): number {
  const raw = max / steps
  const magnitude = 10 ** Math.floor(Math.log10(raw))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * magnitude >= raw * (1 - 1e-9)) ?? 10
  return factor * magnitude
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Round durations a time axis or a duration axis can step by. */
const ROUND_DURATIONS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10].map((count) => count * DAY),
]

/**
 * Round clock times between two instants, at most `count`.
 * @param utcOffsetMs the reader's offset, so that midnight is theirs
 */
export function timeTicks(
  from: EpochMs,
  to: EpochMs,
  count: number,
  utcOffsetMs: number,
): readonly EpochMs[] {
  const span = Math.max(1, to - from)
  const step =
    ROUND_DURATIONS.find((candidate) => candidate >= MINUTE && span / candidate <= count) ?? 10 * DAY
  const first = Math.ceil((from + utcOffsetMs) / step) * step - utcOffsetMs
  const ticks: EpochMs[] = []
  for (let at = first; at <= to; at += step) ticks.push(at)
  return ticks
}

/** As {@link valueTicks}, for durations: steps that read well as `500 ms`, `5 s`, `2 m`; at most three. */
export function durationTicks(maxMs: number): readonly number[] {
  const wanted = Math.max(1, maxMs)
  const step = ROUND_DURATIONS.find((candidate) => wanted / candidate <= 3) ?? 10 * DAY
  const count = Math.max(1, Math.ceil(wanted / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}
