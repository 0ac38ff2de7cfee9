/**
 * The points of a sparkline as an SVG path, or null when there are too few to say anything. Zero is at the
 * foot, unless the values are far from it: then the line uses the height it has.
 */
export function sparklinePath(values: readonly number[], width: number, height: number): string | null {
  if (values.length < 2) return null
  const max = Math.max(...values)
  const min = Math.min(...values)
  const foot = min > max * 0.5 ? min - (max - min) * 0.1 : 0
  const range = max - foot
  const inset = 1
  return values
    .map((value, index) => {
      const x = inset + (index / (values.length - 1)) * (width - 2 * inset)
      const share = range === 0 ? 0 : (value - foot) / range
      const y = height - inset - share * (height - 2 * inset)
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}
