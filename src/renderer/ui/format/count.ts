const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A count in full: `148,920`. */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** A count that has to stay short, for badges and tabs: `312`, `1.2K`, `30.9K`, `4M`. Rounds down. */
export function formatShortCount(count: number): string {
  if (count < 1000) return whole.format(count)
  const [divisor, unit] = count < 1e6 ? [1e3, 'K'] : count < 1e9 ? [1e6, 'M'] : [1e9, 'B']
  const tenths = Math.floor((count / divisor) * 10) / 10
  return `${tenths >= 100 ? Math.floor(tenths) : tenths}${unit}`
}

/** Something per second, without its unit: `0`, `0.02`, `8.4`, `43.3`, `186`, `5,012`. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0'
  if (perSecond < 0.01) return '<0.01'
  if (perSecond < 0.1) return perSecond.toFixed(2)
  if (perSecond < 99.95) return perSecond.toFixed(1)
  return whole.format(perSecond)
}

/** A share as percent, never rounded up to 100: `99.20 %`, `100 %`. `fraction` is 0 to 1. */
export function formatPercent(fraction: number): string {
  if (fraction >= 1) return '100 %'
  if (fraction <= 0) return '0 %'
  return `${(Math.floor(fraction * 1e4) / 100).toFixed(2)} %`
}

/** `1 task`, `2 tasks`: the count in full and its noun. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}
