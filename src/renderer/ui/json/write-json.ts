import type { JsonNode } from './parse-json-source.ts'

/** A value on one line without spaces; keys, texts and numbers as they were written. */
export function writeJson(node: JsonNode): string {
  if (node.kind === 'array') return `[${node.items.map(writeJson).join(',')}]`
  if (node.kind === 'object')
    return `{${node.entries.map(({ key, value }) => `${key}:${writeJson(value)}`).join(',')}}`
  return node.text
}

/** One value a line, so that what is compared line by line is compared value by value. */
export function writeJsonLines(node: JsonNode, indent = ''): string {
  const inner = `${indent}  `
  if (node.kind === 'array' && node.items.length > 0) {
    const items = node.items.map((item) => inner + writeJsonLines(item, inner))
    return `[\n${items.join(',\n')}\n${indent}]`
  }
  if (node.kind === 'object' && node.entries.length > 0) {
    const entries = node.entries.map(({ key, value }) => `${inner}${key}: ${writeJsonLines(value, inner)}`)
    return `{\n${entries.join(',\n')}\n${indent}}`
  }
  return writeJson(node)
}
