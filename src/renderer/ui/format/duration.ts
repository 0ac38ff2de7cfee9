const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The larger unit and, when there is any, the smaller one: `6 m 12 s`, `1 h`. */
function twoUnits(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rounded = Math.round(ms / small) * small
  const smallCount = Math.floor((rounded % large) / small)
  const head = `${Math.floor(rounded / large)} ${largeUnit}`
  return smallCount === 0 ? head : `${head} ${smallCount} ${smallUnit}`
}

/**
 * A duration for people: `640 ms`, `1.2 s`, `41 s`, `6 m 12 s`, `3 h 5 m`, `2 d 4 h`.
 * Negative durations, which clocks that jump can make, read as zero.
 */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9_950) return `${(ms / SECOND).toFixed(1)} s`
  if (ms < 59_500) return `${Math.round(ms / SECOND)} s`
  if (ms < HOUR - SECOND / 2) return twoUnits(ms, MINUTE, 'm', SECOND, 's')
  if (ms < DAY - MINUTE / 2) return twoUnits(ms, HOUR, 'h', MINUTE, 'm')
  return twoUnits(ms, DAY, 'd', HOUR, 'h')
}

/** As {@link formatDuration}, with three digits below a minute, for figures that are compared: `1.24 s`. */
export function formatExactDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 9.95) return `${Number(ms.toFixed(1))} ms`
  if (ms < 999.5 || ms >= 59_950) return formatDuration(ms)
  return `${(ms / SECOND).toFixed(ms < 9_995 ? 2 : 1)} s`
}

/** One unit, rounded down, for columns of times: `now`, `48 s`, `1 m`, `3 h`, `2 d`. */
export function formatAge(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < SECOND) return 'now'
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} m`
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`
  return `${Math.floor(ms / DAY)} d`
}
