import {
  type AttachableName,
  CONNECTION_NAME_PATTERN,
  type ConnectionColour,
  type ConnectionEntry,
  type NewConnection,
} from '../../../shared/domain/connection.ts'

/** What the form holds, as typed. */
export interface ConnectionDraft {
  readonly address: string
  readonly name: string
  /** `ask` finds it out. */
  readonly dialect: AttachableName | 'ask'
  readonly colour: ConnectionColour
  readonly isReadOnly: boolean
  /** Empty keeps the one there is. */
  readonly key: string
  readonly isKeyForgotten: boolean
}

export const EMPTY_CONNECTION: ConnectionDraft = {
  address: '',
  name: '',
  dialect: 'ask',
  colour: 'grey',
  isReadOnly: false,
  key: '',
  isKeyForgotten: false,
}

export function draftOfConnection({
  address,
  name,
  dialect,
  colour,
  isReadOnly,
}: ConnectionEntry): ConnectionDraft {
  return { ...EMPTY_CONNECTION, address, name, dialect, colour, isReadOnly }
}

export type ConnectionProblems = Partial<Record<'address' | 'name' | 'key', string>>

/** What is wrong with which field; the program checks the address itself. */
export function problemsIn(
  { address, name, key }: ConnectionDraft,
  taken: readonly string[],
): ConnectionProblems {
  const chosen = name.trim()
  return {
    ...(address.trim() === '' && { address: 'Paste the address that the server printed at its start.' }),
    ...(!CONNECTION_NAME_PATTERN.test(chosen) && { name: '1 to 64 letters, digits, - or _.' }),
    ...(taken.includes(chosen) && { name: 'There is a connection of this name already.' }),
    ...(/[^\x21-\x7e]/.test(key) && {
      key: 'A key has letters, digits and signs of ASCII alone, no spaces.',
    }),
  }
}

export function readConnection(draft: ConnectionDraft): NewConnection {
  const { address, name, colour, isReadOnly } = draft
  return {
    address: address.trim(),
    name: name.trim(),
    colour,
    isReadOnly,
    dialect: draft.dialect === 'ask' ? null : draft.dialect,
    key: draft.key === '' ? null : draft.key,
  }
}

/** The key to send with a change or a test: undefined keeps the one there is. */
export function readKey({ key, isKeyForgotten }: ConnectionDraft): string | null | undefined {
  if (key !== '') return key
  return isKeyForgotten ? null : undefined
}

/** A name for what is at an address: its host, as `queue-example-org`. */
export function suggestName(address: string, taken: readonly string[]): string {
  const text = address.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  if (url === null || url.hostname === '') return ''
  const base = `${url.hostname}${url.port === '' ? '' : `-${url.port}`}`
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  if (!taken.includes(base)) return base
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`
}
