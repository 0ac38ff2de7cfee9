import type { JsonNode } from './parse-json-source.ts'

/** What stands for a value that is kept from sight. */
export const MASK = '••••••'

const MASKED: JsonNode = { kind: 'string', text: `"${MASK}"` }

/**
 * A value with everything masked whose key contains one of the words, and how many were. A whole object or
 * list under such a key is one. `null` says nothing, and stays.
 * @param standIn what is put in the place of a secret
 */
export function maskSecrets(
  root: JsonNode,
  words: readonly string[],
  standIn: (secret: JsonNode) => JsonNode = () => MASKED,
): { readonly root: JsonNode; readonly count: number } {
  const isSecret = secretKeys(words)
  let count = 0
  const mask = (node: JsonNode): JsonNode => {
    if (node.kind === 'array') return { kind: 'array', items: node.items.map(mask) }
    if (node.kind !== 'object') return node
    const entries = node.entries.map(({ key, value }) => {
      if (!isSecret(unquote(key)) || (value.kind === 'literal' && value.text === 'null'))
        return { key, value: mask(value) }
      count += 1
      return { key, value: standIn(value) }
    })
    return { kind: 'object', entries }
  }
  const masked = mask(root)
  return { root: count === 0 ? root : masked, count }
}

/** Tells whether what is said under a key is secret: the key contains one of the words. */
export function secretKeys(words: readonly string[]): (key: string) => boolean {
  const wanted = words.map(plain).filter((word) => word !== '')
  return (key) => {
    const name = plain(key)
    return wanted.some((word) => name.includes(word))
  }
}

/** `apiKey`, `API_KEY` and `api key` are the same. */
const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The source text of a key without its quotes and escapes. */
const unquote = (key: string) => String(JSON.parse(key))
