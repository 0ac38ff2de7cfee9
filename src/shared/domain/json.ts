/** JSON as text. Inputs and results travel as text, so that nothing is altered on the way. */
export type JsonText = string & { readonly __brand: 'JsonText' }

/** A JSON value; integers beyond 2^53 appear as {@link RawJson}, which stringifies to its exact digits. */
export type Json =
  null | boolean | number | string | RawJson | readonly Json[] | { readonly [key: string]: Json }

/** An integer kept as its digits. `JSON.stringify` writes it back byte for byte. */
export interface RawJson {
  readonly rawJSON: string
}

interface JsonWithSource {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
  rawJSON(text: string): RawJson
}
// The type library does not know the source-text proposal yet; Node 24 and Chromium ship it.
const jsonWithSource = JSON as unknown as JsonWithSource

const MAYBE_UNSAFE_INTEGER = /\d{16}/
const INTEGER = /^-?\d+$/

/**
 * Parses JSON without altering integers beyond 2^53.
 * @throws SyntaxError when `text` is not JSON.
 */
export function parseJson(text: string): Json {
  return parseWith(text, jsonWithSource.rawJSON) as Json
}

function parseWith(text: string, toLargeInteger: (digits: string) => unknown): unknown {
  if (!MAYBE_UNSAFE_INTEGER.test(text)) return JSON.parse(text)
  return jsonWithSource.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && INTEGER.test(source)
      ? toLargeInteger(source)
      : value,
  )
}

/**
 * Parses JSON for code that calculates: integers beyond 2^53 are `bigint`.
 * @throws SyntaxError when `text` is not JSON.
 */
export function parseJsonWithBigInts(text: string): unknown {
  return parseWith(text, BigInt)
}

/**
 * As `JSON.stringify`, and a `bigint` becomes its digits.
 * @returns undefined for what is no JSON at all, as a function.
 * @throws TypeError for a circle, and whatever a `toJSON` throws.
 */
export function stringifyWithBigInts(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Seldom: asked for each value, so it takes several times as long.
    return JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'bigint' ? jsonWithSource.rawJSON(String(item)) : item,
    )
  }
}

/** Whether a parsed value is an object: no list, and no integer that is kept as its digits. */
export function isJsonObject(value: unknown): value is { readonly [key: string]: Json } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  // No object that was parsed is without a prototype; a kept integer is.
  return Object.getPrototypeOf(value) !== null
}

export function toJsonText(value: Json): JsonText {
  return JSON.stringify(value) as JsonText
}

export const NO_ARGS = '[]' as JsonText
export const NO_KWARGS = '{}' as JsonText

export interface JsonLimits {
  readonly maxDepth: number
  readonly maxKeys: number
}

/** Deeper or wider values parse here but kill `JSON.stringify` or a structured clone later. */
export const JSON_LIMITS: JsonLimits = { maxDepth: 64, maxKeys: 10_000 }

/**
 * Says what is too much about a JSON text, or null when it is fine. Looks at the text, before it is
 * parsed: never recurses, so a hostile depth costs nothing.
 */
export function findJsonExcess(text: string, limits: JsonLimits = JSON_LIMITS): string | null {
  let depth = 0
  let keys = 0
  let isInString = false
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index)
    if (isInString) {
      if (char === 0x5c) index += 1
      else if (char === 0x22) isInString = false
      continue
    }
    switch (char) {
      case 0x22:
        isInString = true
        break
      case 0x7b: // {
      case 0x5b: // [
        depth += 1
        if (depth > limits.maxDepth) return `it is nested deeper than ${limits.maxDepth} levels`
        break
      case 0x7d: // }
      case 0x5d: // ]
        depth -= 1
        break
      case 0x3a: // :
        keys += 1
        if (keys > limits.maxKeys) return `it has more than ${limits.maxKeys} keys`
        break
    }
  }
  return null
}
