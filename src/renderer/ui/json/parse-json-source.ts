/** A JSON value that remembers how it was written: every key, string and number is its source text. */
export type JsonNode =
  | { readonly kind: 'string' | 'number' | 'literal'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[] }

export interface JsonEntry {
  /** With its quotes and escapes. */
  readonly key: string
  readonly value: JsonNode
}

/** Where and why a text is not JSON. Lines and columns count from 1. */
export class JsonSourceError extends Error {
  readonly line: number
  readonly column: number

  constructor(reason: string, source: string, offset: number) {
    const before = source.slice(0, offset).split('\n')
    super(`Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${reason}`)
    this.name = 'JsonSourceError'
    this.line = before.length
    this.column = (before.at(-1) ?? '').length + 1
  }
}

/** Deeper than any broker accepts; keeps a hostile text from exhausting the stack. */
const MAX_DEPTH = 256

const SPACE = /[ \t\n\r]*/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERAL = /true|false|null/y

/**
 * Parses JSON into source text, so that what is shown is what was sent: big integers, `1.0`, escapes and
 * duplicate keys included.
 * @throws JsonSourceError with line and column, in words for the person who typed it.
 */
export function parseJsonSource(source: string): JsonNode {
  let offset = 0

  const fail = (reason: string): never => {
    throw new JsonSourceError(reason, source, offset)
  }
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset
    const found = pattern.exec(source)?.[0] ?? null
    if (found !== null) offset += found.length
    return found
  }
  const skipSpace = () => void match(SPACE)
  const take = (char: string): boolean => {
    skipSpace()
    if (source[offset] !== char) return false
    offset += 1
    return true
  }
  const found = () => (offset >= source.length ? 'the end of the text' : `“${source[offset]}”`)

  const parseString = (): string => {
    const text = match(STRING)
    return text ?? fail('this text in quotes is not closed, or has a character that must be escaped')
  }
  const parseValue = (depth: number): JsonNode => {
    skipSpace()
    if (depth > MAX_DEPTH) fail(`nested deeper than ${MAX_DEPTH} levels`)
    const first = source[offset]
    if (first === '{') return parseObject(depth)
    if (first === '[') return parseArray(depth)
    if (first === '"') return { kind: 'string', text: parseString() }
    const number = match(NUMBER)
    if (number !== null) return { kind: 'number', text: number }
    const literal = match(LITERAL)
    if (literal !== null) return { kind: 'literal', text: literal }
    if (first === "'") return fail('texts are in double quotes')
    return fail(`a value is missing; found ${found()}`)
  }
  const parseObject = (depth: number): JsonNode => {
    offset += 1
    const entries: JsonEntry[] = []
    if (take('}')) return { kind: 'object', entries }
    do {
      skipSpace()
      if (source[offset] !== '"') fail(`a key in double quotes is missing; found ${found()}`)
      const key = parseString()
      if (!take(':')) fail(`a colon is missing after ${key}; found ${found()}`)
      entries.push({ key, value: parseValue(depth + 1) })
    } while (take(','))
    if (!take('}')) fail(`a comma or “}” is missing; found ${found()}`)
    return { kind: 'object', entries }
  }
  const parseArray = (depth: number): JsonNode => {
    offset += 1
    const items: JsonNode[] = []
    if (take(']')) return { kind: 'array', items }
    do items.push(parseValue(depth + 1))
    while (take(','))
    if (!take(']')) fail(`a comma or “]” is missing; found ${found()}`)
    return { kind: 'array', items }
  }

  const root = parseValue(0)
  skipSpace()
  if (offset < source.length) fail(`the value has ended; found ${found()}`)
  return root
}
