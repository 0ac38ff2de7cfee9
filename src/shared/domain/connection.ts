import type { BrokerHealth } from './broker.ts'
import type { EpochMs } from './clock.ts'

/** What a server elsewhere may speak: the contract of a Penstock's window, or one of the five dialects. */
export const ATTACHABLE_NAMES = ['contract', 'dtqs', 'turbine', 'asynq', 'taskqueue', 'taskmanager'] as const
export type AttachableName = (typeof ATTACHABLE_NAMES)[number]

export const CONNECTION_COLOURS = ['grey', 'blue', 'green', 'amber', 'red'] as const
export type ConnectionColour = (typeof CONNECTION_COLOURS)[number]

/** Of a connection; stands in addresses and on the command line, so it needs no escaping there. */
export const CONNECTION_NAME_PATTERN = /^(?!__)[A-Za-z0-9_-]{1,64}$/
export const MAX_ADDRESS_LENGTH = 2000
export const MAX_CONNECTION_KEY_LENGTH = 4096

/** A broker elsewhere that somebody has added. Its key is kept apart. */
export interface Connection {
  readonly name: string
  /** As `https://queue.example.org`. */
  readonly address: string
  readonly dialect: AttachableName
  readonly colour: ConnectionColour
  /** Everything that would change something there is refused. */
  readonly isReadOnly: boolean
}

/** Why nothing can be changed through a read-only connection, for people. */
export const readOnlyReason = (name: string): string =>
  `The connection '${name}' is read-only: nothing is changed through it.`

/**
 * What is the matter with an attached server. `unreachable`: no connection, or no answer in time. `refused`:
 * it wants a key, another key, or another Host. `wrong_server`: something else answers there. `too_old`,
 * `too_new`: the right kind of server, of a version that cannot be spoken to. `bad_answer`: an answer that
 * breaks its own format, never ends, or leads elsewhere. `failing`: it says itself that it fails.
 */
export type AttachProblem =
  'unreachable' | 'refused' | 'wrong_server' | 'too_old' | 'too_new' | 'bad_answer' | 'failing'

/** How a server answered when it was last asked. */
export interface ConnectionCheck {
  readonly dialect: AttachableName
  /** Null where its format tells none. */
  readonly version: string | null
  readonly health: BrokerHealth['status']
  /** Of one question and its answer. */
  readonly latencyMs: number
  /** Whether it tells events; if not, it is asked again and again. */
  readonly hasEvents: boolean
}

/** `closed`: nobody looks at it, so it is not attached. `lost` is `since` then; it is tried again at `retryAt`. */
export type ConnectionState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly check: ConnectionCheck; readonly checkedAt: EpochMs }
  | {
      readonly kind: 'lost'
      readonly problem: AttachProblem
      readonly message: string
      readonly since: EpochMs
      /** Null when trying again by itself would not help: something has to be put right first. */
      readonly retryAt: EpochMs | null
    }

/** What the window is told of a connection: everything but its key. */
export interface ConnectionEntry extends Connection {
  readonly hasKey: boolean
  readonly state: ConnectionState
}

export interface ConnectionList {
  readonly connections: readonly ConnectionEntry[]
  /** What people should know of how keys are kept here; null when there is nothing to worry about. */
  readonly keyNotice: string | null
}

export interface NewConnection extends Omit<Connection, 'dialect'> {
  /** Null asks the server. */
  readonly dialect: AttachableName | null
  readonly key: string | null
}

/** What is left out stays. A key stays only while the address leads to the same server. */
export type ConnectionChanges = { readonly [Field in keyof NewConnection]?: NewConnection[Field] | undefined }

export interface ConnectionTest {
  readonly address: string
  readonly dialect: AttachableName | null
  /** Undefined is the one kept for the connection of this name, if the address leads to the same server. */
  readonly key?: string | null | undefined
  readonly name?: string | undefined
}

/** The connections of this program: which there are, and how they stand. */
export interface ConnectionBook {
  list(): Promise<ConnectionList>
  /** @throws INVALID_REQUEST when the name is taken; what asking the server for its dialect throws. */
  add(connection: NewConnection): Promise<ConnectionEntry>
  /** @throws INVALID_REQUEST when there is none of this name, or the new name is taken. */
  change(name: string, changes: ConnectionChanges): Promise<ConnectionEntry>
  /** With its key. @returns whether there was one. */
  remove(name: string): Promise<boolean>
  /** Attaches, asks one question, and lets go again; nothing is kept. @throws AttachError */
  test(test: ConnectionTest): Promise<ConnectionCheck>
  /** Attaches now, or tries again; resolves when that is decided, and never throws for the server's sake. */
  open(name: string): Promise<ConnectionEntry>
  /** Lets go of it, until somebody asks for it again. */
  close(name: string): Promise<ConnectionEntry>
}
