import { maskInText } from './mask-in-text.ts'
import { maskSecrets } from './mask-secrets.ts'
import { JsonSourceError, parseJsonSource } from './parse-json-source.ts'
import { prettyNode } from './pretty-json.ts'

/**
 * JSON to be taken out of the window: byte for byte as it was where there is no secret in it, else in lines
 * with the secrets masked, and how many they are. What is no JSON counts as the text of a program.
 */
export function maskedText(
  json: string,
  words: readonly string[],
): { readonly text: string; readonly count: number } {
  try {
    const { root, count } = maskSecrets(parseJsonSource(json), words)
    return { text: count === 0 ? json : prettyNode(root), count }
  } catch (error) {
    if (error instanceof JsonSourceError) return maskInText(json, words)
    throw error
  }
}
