/** What of a keyboard event matters here. */
export type KeyStroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * The name of a stroke, as bindings write it: `j`, `?`, `Escape`, `mod+k`, `mod+Enter`. `mod` is Ctrl, and
 * ⌘ on a Mac. Shift shows only where the character does not tell (`shift+Enter`). Null with Alt.
 */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyStroke): string | null {
  if (altKey) return null
  const isCharacter = key.length === 1
  const name = isCharacter && (ctrlKey || metaKey) ? key.toLowerCase() : key
  return `${ctrlKey || metaKey ? 'mod+' : ''}${shiftKey && !isCharacter ? 'shift+' : ''}${name}`
}

/** How long after `g` the next letter still belongs to it. */
const SEQUENCE_MS = 1000

export interface PendingKey {
  readonly name: string
  readonly at: number
}

export interface KeyMatch {
  /** The binding that fires. */
  readonly binding: string | null
  /** A first key of a sequence, to be handed back with the next stroke. */
  readonly pending: PendingKey | null
}

/** Finds the binding for a stroke; `g o` is a sequence, which wins over a lone `o`. */
export function matchKey(
  bindings: readonly string[],
  name: string,
  pending: PendingKey | null,
  at: number,
): KeyMatch {
  if (pending !== null && at - pending.at <= SEQUENCE_MS) {
    const sequence = `${pending.name} ${name}`
    if (bindings.includes(sequence)) return { binding: sequence, pending: null }
  }
  const isPrefix = bindings.some((binding) => binding.startsWith(`${name} `))
  return { binding: bindings.includes(name) ? name : null, pending: isPrefix ? { name, at } : null }
}
