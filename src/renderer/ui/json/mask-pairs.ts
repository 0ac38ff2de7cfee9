import { MASK, secretKeys } from './mask-secrets.ts'

/**
 * A key and its value as programs print them: `"token": "x"` (also where the text is cut off before the end),
 * `{ token: 'x' }`, `token=x`, `Authorization: Bearer x`. The value is the one group that took part.
 */
const PAIR = new RegExp(
  [
    String.raw`(?<![\p{L}\p{N}_.-])`,
    String.raw`(?<quote>\\?["']?)(?<key>[\p{L}\p{N}_.-]{1,128})\k<quote>`,
    String.raw`(?<sign>\s{0,4}[=:]\s{0,4})`,
    String.raw`(?<value>`,
    String.raw`"(?:[^"\\\n]|\\.)*(?:"|$)`,
    String.raw`|'(?:[^'\\\n]|\\.)*(?:'|$)`,
    String.raw`|\\"(?:(?!\\").)*(?:\\"|$)`,
    String.raw`|(?:bearer|basic|token|digest) +[^\s,;"'}\])]+`,
    String.raw`|[^\s,;"'}\])&]+)`,
  ].join(''),
  'gimu',
)

/**
 * A text with what stands behind a secret key masked, and how many that were. A bare word behind a colon is
 * prose ("unexpected token: end") unless its key is in quotes.
 */
export function maskPairs(
  text: string,
  words: readonly string[],
): { readonly text: string; readonly count: number } {
  if (!/[=:]/.test(text)) return { text, count: 0 }
  const isSecret = secretKeys(words)
  let count = 0
  const masked = text.replace(PAIR, (whole: string, ...groups: readonly unknown[]) => {
    const { quote, key, sign, value } = groups.at(-1) as Readonly<Record<string, string>>
    if (value === undefined || key === undefined || sign === undefined || quote === undefined) return whole
    const isValue = /^\\?["']/.test(value) || / /.test(value) || sign.includes('=') || quote !== ''
    if (!isValue || !isSecret(key) || value.includes(MASK) || value === 'null') return whole
    count += 1
    return `${quote}${key}${quote}${sign}${hidden(value)}`
  })
  return { text: count === 0 ? text : masked, count }
}

/** The mask in the quotes that the value had. */
function hidden(value: string): string {
  const open = /^\\?["']/.exec(value)?.[0] ?? ''
  return `${open}${MASK}${open !== '' && value.length > open.length && value.endsWith(open) ? open : ''}`
}
