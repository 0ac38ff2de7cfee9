import { layoutJson } from './layout-json.ts'
import { maskSecrets } from './mask-secrets.ts'
import { JsonSourceError, parseJsonSource } from './parse-json-source.ts'

/**
 * JSON to be taken out of the window: byte for byte as it was where there is no secret in it, else in lines
 * with the secrets masked, and how many they are.
 */
export function maskedText(
  json: string,
  words: readonly string[],
): { readonly text: string; readonly count: number } {
  try {
    const { root, count } = maskSecrets(parseJsonSource(json), words)
    if (count === 0) return { text: json, count }
    const lines = layoutJson(root, { toggled: new Set(), foldFromDepth: Infinity })
    const text = lines
      .map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map((token) => token.text).join(''))
      .join('\n')
    return { text, count }
  } catch (error) {
    if (error instanceof JsonSourceError) return { text: json, count: 0 }
    throw error
  }
}
