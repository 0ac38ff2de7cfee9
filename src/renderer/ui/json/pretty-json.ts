import { layoutJson } from './layout-json.ts'
import { JsonSourceError, parseJsonSource, type JsonNode } from './parse-json-source.ts'

/** JSON in lines, each key, text and number as it was written. What is no JSON stays as it is. */
export function prettyJson(json: string): string {
  try {
    return prettyNode(parseJsonSource(json))
  } catch (error) {
    if (error instanceof JsonSourceError) return json
    throw error
  }
}

/** A value in lines; what is short stays on one. */
export function prettyNode(node: JsonNode): string {
  return layoutJson(node, { toggled: new Set(), foldFromDepth: Infinity })
    .map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join(''))
    .join('\n')
}
