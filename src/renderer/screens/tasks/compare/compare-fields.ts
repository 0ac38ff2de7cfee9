import { maskSecrets } from '../../../ui/json/mask-secrets.ts'
import type { JsonNode } from '../../../ui/json/parse-json-source.ts'
import { writeJson } from '../../../ui/json/write-json.ts'

/** One thing of all runs side by side. */
export interface ComparedRow {
  /** Unique among the rows of one table. */
  readonly label: string
  readonly cells: readonly ComparedCell[]
  readonly differs: boolean
  /** Not by the broker: there is nothing in its cells. */
  readonly isTold: boolean
}

export interface ComparedCell {
  /** Null where the run has no such thing. */
  readonly text: string | null
  /** It is not what the first run has there. */
  readonly differs: boolean
}

/** A row of plain texts; the first is what the others are held against. */
export function compareTexts(label: string, texts: readonly (string | null)[]): ComparedRow {
  return toRow(
    label,
    texts.map((text) => (text === null ? null : { text, whole: text })),
  )
}

/** A row of what the broker does not tell of any run. */
export const untoldRow = (label: string, columns: number): ComparedRow => ({
  label,
  cells: Array.from({ length: columns }, () => ({ text: null, differs: false })),
  differs: false,
  isTold: false,
})

interface Field {
  readonly text: string
  /** What stands for the value where it is compared: a mask looks the same over everything. */
  readonly whole: string
}

/**
 * Values field by field, in the order in which they are first met. Values count as equal when they are
 * written alike; the order of keys does not matter. Null stands for a run that has no value at all.
 *
 * @param words keys that contain one of them are masked, and compared all the same
 */
export function compareFields(
  roots: readonly (JsonNode | null)[],
  words: readonly string[],
): readonly ComparedRow[] {
  const fields = roots.map((root) => (root === null ? new Map<string, Field>() : fieldsOf(root, words)))
  const labels = new Set(fields.flatMap((ofRun) => [...ofRun.keys()]))
  return [...labels].map((label) =>
    toRow(
      label,
      fields.map((ofRun) => ofRun.get(label) ?? null),
    ),
  )
}

function toRow(label: string, fields: readonly (Field | null)[]): ComparedRow {
  const first = fields[0]?.whole ?? null
  const cells = fields.map((field) => ({
    text: field?.text ?? null,
    differs: (field?.whole ?? null) !== first,
  }))
  return { label, cells, differs: cells.some(({ differs }) => differs), isTold: true }
}

/** What a value that has no fields is called. */
const WHOLE_VALUE = '(the value)'

function fieldsOf(root: JsonNode, words: readonly string[]): Map<string, Field> {
  const fields = new Map<string, Field>()
  const walk = (node: JsonNode, shown: JsonNode, path: string) => {
    if (node.kind === 'object' && shown.kind === 'object' && node.entries.length > 0) {
      for (const [index, { key, value }] of node.entries.entries())
        walk(value, shown.entries[index]!.value, path + step(key, path))
    } else if (node.kind === 'array' && shown.kind === 'array' && node.items.length > 0) {
      for (const [index, item] of node.items.entries()) walk(item, shown.items[index]!, `${path}[${index}]`)
    } else
      fields.set(path === '' ? WHOLE_VALUE : path, {
        text: writeJson(shown),
        whole: writeJson(inOrder(node)),
      })
  }
  walk(root, maskSecrets(root, words).root, '')
  return fields
}

/** `.key`, or `["any other key"]` as it was written. */
function step(key: string, path: string): string {
  const name = key.slice(1, -1)
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name)) return `[${key}]`
  return path === '' ? name : `.${name}`
}

/** Keys in one order, for what is compared as a whole. */
function inOrder(node: JsonNode): JsonNode {
  if (node.kind === 'array') return { kind: 'array', items: node.items.map(inOrder) }
  if (node.kind !== 'object') return node
  const entries = node.entries.map(({ key, value }) => ({ key, value: inOrder(value) }))
  return { kind: 'object', entries: entries.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }
}
