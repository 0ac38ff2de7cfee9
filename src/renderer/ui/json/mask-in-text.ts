import { maskPairs } from './mask-pairs.ts'
import { maskSecrets } from './mask-secrets.ts'
import { JsonSourceError, parseJsonSource } from './parse-json-source.ts'
import { writeJson } from './write-json.ts'

/** Beginnings of JSON that are tried in one text: most braces of a long text open nothing. */
const MOST_TRIES = 200

/**
 * A log line or message of an error with the secrets masked in whatever JSON stands in it, and behind secret
 * keys as `token=x`; and how many they were. Prose is left as it is: a word in it is no key.
 */
export function maskInText(
  text: string,
  words: readonly string[],
): { readonly text: string; readonly count: number } {
  if (words.length === 0) return { text, count: 0 }
  const json = maskJson(text, words)
  const pairs = maskPairs(json.text, words)
  return { text: pairs.text, count: json.count + pairs.count }
}

function maskJson(text: string, words: readonly string[]): { readonly text: string; readonly count: number } {
  let masked = ''
  let count = 0
  let from = 0
  let tries = 0
  for (let at = nextOpening(text, 0); at >= 0 && tries < MOST_TRIES; tries += 1) {
    const end = endOfJson(text, at)
    const found = end === null ? null : tryMask(text.slice(at, end), words)
    if (end === null || found === null) {
      at = nextOpening(text, at + 1)
      continue
    }
    if (found.count > 0) {
      masked += text.slice(from, at) + found.text
      from = end
      count += found.count
    }
    at = nextOpening(text, end)
  }
  return count === 0 ? { text, count } : { text: masked + text.slice(from), count }
}

function nextOpening(text: string, from: number): number {
  const length = text.slice(from).search(/[{[]/)
  return length < 0 ? -1 : from + length
}

/** Where the brace or bracket at `start` is closed; null when it never is. */
function endOfJson(text: string, start: number): number | null {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') {
      at = endOfString(text, at)
      if (at < 0) return null
    } else if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return null
}

/** Where the quote that ends the string stands; -1 when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return -1
}

function tryMask(json: string, words: readonly string[]) {
  try {
    const { root, count } = maskSecrets(parseJsonSource(json), words)
    return { text: writeJson(root), count }
  } catch (error) {
    if (error instanceof JsonSourceError) return null
    throw error
  }
}
