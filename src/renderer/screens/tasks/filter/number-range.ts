/** Whole numbers, both ends included; at least one of them is there. */
export interface NumberRange {
  readonly min: number | undefined
  readonly max: number | undefined
}

/** Reads `8`, `>=8`, `>7`, `<=3`, `<4` or `3..8`. Null when it is none of these, or not within `limits`. */
export function readNumberRange(
  text: string,
  limits: { readonly min: number; readonly max: number },
): NumberRange | null {
  const source = text.replaceAll(/\s/g, '')
  const pair = /^(\d{1,6})\.\.(\d{1,6})$/.exec(source)
  const single = /^(>=|<=|>|<|)(\d{1,6})$/.exec(source)
  let range: NumberRange
  if (pair !== null) range = { min: Number(pair[1]), max: Number(pair[2]) }
  else if (single !== null) range = bounded(single[1] ?? '', Number(single[2]))
  else return null
  const { min, max } = range
  const isWithin = (value: number | undefined) =>
    value === undefined || (value >= limits.min && value <= limits.max)
  return isWithin(min) && isWithin(max) && (min ?? -Infinity) <= (max ?? Infinity) ? range : null
}

function bounded(sign: string, value: number): NumberRange {
  if (sign.startsWith('>')) return { min: sign === '>' ? value + 1 : value, max: undefined }
  if (sign.startsWith('<')) return { min: undefined, max: sign === '<' ? value - 1 : value }
  return { min: value, max: value }
}

/** As it is typed, and stands in an address. */
export function writeNumberRange({ min, max }: NumberRange): string {
  if (min === max) return String(min)
  if (max === undefined) return `>=${min}`
  return min === undefined ? `<=${max}` : `${min}..${max}`
}
