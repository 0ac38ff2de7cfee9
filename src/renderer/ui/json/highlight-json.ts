import type { TokenKind } from './layout-json.ts'

export interface HighlightedText {
  readonly kind: TokenKind | 'plain'
  readonly text: string
}

const PART =
  /"(?:[^"\\\n]|\\.)*"?|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]|[^"{}[\],:\d-]+?(?=["{}[\],:\d-]|true|false|null|$)|[^]/g

/** Colours JSON while it is being typed: parts in order that join to exactly `source`, right or wrong. */
export function highlightJson(source: string): readonly HighlightedText[] {
  const parts = source.match(PART) ?? []
  return parts.map((text, index) => ({ kind: kindOf(text, nextSolid(parts, index)), text }))
}

function nextSolid(parts: readonly string[], index: number): string | undefined {
  const next = parts[index + 1]
  return next?.trim() === '' ? parts[index + 2] : next
}

function kindOf(text: string, next: string | undefined): HighlightedText['kind'] {
  if (text.startsWith('"')) return next === ':' ? 'key' : 'string'
  if (/^-?\d/.test(text)) return 'number'
  if (text === 'true' || text === 'false' || text === 'null') return 'literal'
  return /^[{}[\],:]$/.test(text) ? 'punctuation' : 'plain'
}
