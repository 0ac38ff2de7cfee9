import { MASK, maskSecrets } from './mask-secrets.ts'
import { JsonSourceError, parseJsonSource, type JsonNode } from './parse-json-source.ts'
import { prettyNode } from './pretty-json.ts'
import { writeJson } from './write-json.ts'

/** What stands in for each hidden value (`"•••••• 1"`, with its quotes), and the value as it was written. */
export type HiddenSecrets = ReadonlyMap<string, string>

const NOTHING_HIDDEN: HiddenSecrets = new Map()

/**
 * JSON texts to be edited while their secrets stay hidden: in the place of each secret stands a text that means
 * this very value, wherever the person moves it. A text without secrets, or that is no JSON, stays as it is.
 *
 * @param known what was hidden before: the same value gets the same stand-in again
 */
export function hideSecrets(
  sources: readonly string[],
  words: readonly string[],
  known: HiddenSecrets = NOTHING_HIDDEN,
): { readonly texts: readonly string[]; readonly secrets: HiddenSecrets } {
  const secrets = new Map(known)
  const standIns = new Map([...known].map(([standIn, source]) => [source, standIn]))
  const isTaken = (standIn: string) =>
    secrets.has(standIn) || sources.some((source) => source.includes(standIn))
  const standInFor = (node: JsonNode): JsonNode => {
    const source = writeJson(node)
    // What already stands in for a value stays what it is.
    if (secrets.has(source)) return node
    let text = standIns.get(source)
    for (let number = 1; text === undefined; number += 1) {
      const next = `"${MASK} ${number}"`
      if (!isTaken(next)) text = next
    }
    standIns.set(source, text)
    secrets.set(text, source)
    return { kind: 'string', text }
  }
  const texts = sources.map((source) => {
    const root = tryParse(source)
    if (root === null) return source
    const masked = maskSecrets(root, words, standInFor)
    return masked.count === 0 ? source : prettyNode(masked.root)
  })
  return { texts, secrets }
}

/**
 * An edited text with every hidden value in its place again, or what became of a stand-in that is none now.
 * @param before the texts that the editing began with: what looks like a mask there is meant so
 */
export function putBack(
  text: string,
  secrets: HiddenSecrets,
  before: readonly string[] = [],
): { readonly text: string; readonly problem: string | null } {
  const root = secrets.size === 0 ? null : tryParse(text)
  if (root === null) return { text, problem: null }
  const isMeant = (token: string) => secrets.has(token) || before.some((each) => each.includes(token))
  const problem = damageIn(root, isMeant)
  return problem === null ? { text: showSecrets(text, secrets), problem } : { text, problem }
}

/** A text with the hidden values in sight. */
export function showSecrets(text: string, secrets: HiddenSecrets): string {
  let shown = text
  for (const [standIn, source] of secrets) shown = shown.replaceAll(standIn, () => source)
  return shown
}

/** A stand-in that was typed into means nothing any more: sent as it is, it would overwrite the secret. */
function damageIn(node: JsonNode, isMeant: (token: string) => boolean): string | null {
  if (node.kind === 'array') return firstOf(node.items, (item) => damageIn(item, isMeant))
  if (node.kind === 'object')
    return firstOf(node.entries, ({ key, value }) =>
      key.includes(MASK) && !isMeant(`${key}:`)
        ? `${key} is a name now; a hidden value can only be a value.`
        : damageIn(value, isMeant),
    )
  const isPart = node.kind === 'string' && node.text.includes('••') && !isMeant(node.text)
  return isPart
    ? `${node.text} is only a part of what stands for a hidden value. Type the whole new value, or show the secrets.`
    : null
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}

function tryParse(text: string): JsonNode | null {
  try {
    return parseJsonSource(text)
  } catch (error) {
    if (error instanceof JsonSourceError) return null
    throw error
  }
}
