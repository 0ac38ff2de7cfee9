const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}
const WHOLE = /^\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g

/**
 * Milliseconds of a duration in Go's syntax (`300ms`, `1.5h`, `2h45m`), rounded to whole ones, or
 * null when the text is none. Negative durations are none. `0` alone is allowed, as in Go.
 */
export function parseGoDuration(text: string): number | null {
  if (text === '0') return 0
  if (text.length > 64 || !WHOLE.test(text)) return null
  let ms = 0
  for (const [, amount, unit] of text.matchAll(PART)) ms += Number(amount) * UNIT_MS[unit!]!
  return Number.isSafeInteger(Math.round(ms)) ? Math.round(ms) : null
}
