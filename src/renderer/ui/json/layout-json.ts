import type { JsonNode } from './parse-json-source.ts'

export type TokenKind = 'key' | 'string' | 'number' | 'literal' | 'punctuation'

export interface JsonToken {
  readonly kind: TokenKind
  readonly text: string
}

/** One line of the view. */
export interface JsonLine {
  /** Where the line's value is in the document; unique among lines that can be folded. */
  readonly path: string
  readonly depth: number
  readonly tokens: readonly JsonToken[]
  /** Null where there is nothing to fold. */
  readonly fold: 'open' | 'folded' | null
}

export interface JsonLayoutOptions {
  /** Paths whose fold differs from the default. */
  readonly toggled: ReadonlySet<string>
  /** Containers at this depth or deeper start folded; Infinity for none. */
  readonly foldFromDepth: number
}

/** An object or list that fits in so many characters stays on one line. */
const LINE_WIDTH = 64

const punctuation = (text: string): JsonToken => ({ kind: 'punctuation', text })

/** Lays a value out in indented lines, folded where the reader or the default says so. */
export function layoutJson(
  root: JsonNode,
  { toggled, foldFromDepth }: JsonLayoutOptions,
): readonly JsonLine[] {
  const lines: JsonLine[] = []

  const place = (
    node: JsonNode,
    path: string,
    depth: number,
    lead: readonly JsonToken[],
    tail: readonly JsonToken[],
  ) => {
    const inline = inlineTokens(node, LINE_WIDTH - depth * 2)
    if (inline !== null) {
      lines.push({ path, depth, tokens: [...lead, ...inline, ...tail], fold: null })
      return
    }
    const [open, close] = node.kind === 'array' ? ['[', ']'] : ['{', '}']
    const isFolded = depth >= foldFromDepth !== toggled.has(path)
    if (isFolded) {
      const tokens = [...lead, punctuation(`${open} ${sizeOf(node)} ${close}`), ...tail]
      lines.push({ path, depth, tokens, fold: 'folded' })
      return
    }
    lines.push({ path, depth, tokens: [...lead, punctuation(open)], fold: 'open' })
    const children = childrenOf(node)
    for (const [index, { key, value }] of children.entries()) {
      const keyTokens: readonly JsonToken[] =
        key === null ? [] : [{ kind: 'key', text: key }, punctuation(': ')]
      const comma = index < children.length - 1 ? [punctuation(',')] : []
      place(value, `${path}.${index}`, depth + 1, keyTokens, comma)
    }
    lines.push({ path: `${path}.end`, depth, tokens: [punctuation(close), ...tail], fold: null })
  }

  place(root, '$', 0, [], [])
  return lines
}

interface Child {
  readonly key: string | null
  readonly value: JsonNode
}

function childrenOf(node: JsonNode): readonly Child[] {
  if (node.kind === 'object') return node.entries
  return node.kind === 'array' ? node.items.map((value) => ({ key: null, value })) : []
}

function sizeOf(node: JsonNode): string {
  const count = childrenOf(node).length
  const noun = node.kind === 'array' ? 'item' : 'key'
  return `… ${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

/** The value on one line, or null when it is wider than `width` (a scalar is never too wide). */
function inlineTokens(node: JsonNode, width: number): readonly JsonToken[] | null {
  if (node.kind !== 'array' && node.kind !== 'object') return [node]
  const children = childrenOf(node)
  const [open, close] = node.kind === 'array' ? ['[', ']'] : ['{ ', ' }']
  if (children.length === 0) return [punctuation((open + close).replace(/ /g, ''))]
  const tokens: JsonToken[] = [punctuation(open)]
  let room = width - open.length - close.length
  for (const [index, { key, value }] of children.entries()) {
    if (index > 0) tokens.push(punctuation(', '))
    if (key !== null) tokens.push({ kind: 'key', text: key }, punctuation(': '))
    const inner = inlineTokens(value, room)
    if (inner === null) return null
    tokens.push(...inner)
    room -= (index > 0 ? 2 : 0) + (key === null ? 0 : key.length + 2) + widthOf(inner)
    if (room < 0) return null
  }
  tokens.push(punctuation(close))
  return tokens
}

function widthOf(tokens: readonly JsonToken[]): number {
  return tokens.reduce((sum, { text }) => sum + text.length, 0)
}
