import type { Broker } from '../../shared/domain/broker.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type {
  AttachableName,
  Connection,
  ConnectionBook,
  ConnectionChanges,
  ConnectionEntry,
  NewConnection,
} from '../../shared/domain/connection.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import { formatRemoteAddress, parseRemoteAddress } from '../attach/remote-address.ts'
import type { Timers } from '../rpc/timers.ts'
import { type Attached, type AttachedConnection, attachConnection, checkOnce } from './attached-connection.ts'
import { createConnectionBroker } from './connection-broker.ts'
import type { KeyVault } from './key-vault.ts'

/** Attaches to a server. A dialect that is null is found out by asking. @throws AttachError */
export type AttachServer = (options: {
  readonly address: string
  readonly apiKey: string | null
  readonly dialect: AttachableName | null
  readonly onEventsLost: () => void
}) => Promise<Attached>

/** Where connections are kept, without their keys. */
export interface ConnectionShelf {
  list(): readonly Connection[]
  /** Takes the place of the one named `instead`, which may be itself. */
  put(connection: Connection, instead: string): void
  /** @returns whether there was one. */
  remove(name: string): boolean
}

/** A connection that can be talked to. */
export interface OpenConnection {
  readonly settings: Connection
  readonly broker: Broker
  readonly attached: AttachedConnection
}

export interface OpenConnectionBook extends ConnectionBook, AsyncDisposable {
  /** The same object for as long as the connection stays as it is; null when there is none of that name. */
  find(name: string): OpenConnection | null
}

export interface ConnectionBookOptions {
  readonly shelf: ConnectionShelf
  readonly vault: KeyVault
  readonly attach: AttachServer
  readonly clock: Clock
  readonly timers: Timers
  readonly random: () => number
}

const ignore = () => undefined

/** The connections of this program. Each is attached when somebody asks for it, and never before. */
export function openConnectionBook({ shelf, vault, ...options }: ConnectionBookOptions): OpenConnectionBook {
  const opened = new Map<string, OpenConnection>()
  const settingsOf = (name: string) => shelf.list().find((each) => each.name === name) ?? null

  function find(name: string): OpenConnection | null {
    const settings = settingsOf(name)
    const before = opened.get(name)
    if (before !== undefined && settings !== null && isSame(before.settings, settings)) return before
    // The command line may have changed the file meanwhile.
    if (before !== undefined) void letGo(name)
    if (settings === null) return null
    const attached = attachConnection({
      ...options,
      attach: async (onEventsLost) => {
        const { address, dialect } = settings
        return options.attach({ address, dialect, apiKey: await vault.keyOf(name), onEventsLost })
      },
    })
    const { isReadOnly } = settings
    const connection = {
      settings,
      attached,
      broker: createConnectionBroker({ connection: attached, name, isReadOnly }),
    }
    opened.set(name, connection)
    return connection
  }

  function need(name: string): OpenConnection {
    const connection = find(name)
    if (connection === null)
      throw new BrokerError('INVALID_REQUEST', `There is no connection '${name}'.`, { path: 'name' })
    return connection
  }

  async function letGo(name: string): Promise<void> {
    const connection = opened.get(name)
    opened.delete(name)
    await connection?.attached[Symbol.asyncDispose]()
  }

  function refuseTaken(name: string): void {
    if (settingsOf(name) !== null)
      throw new BrokerError('INVALID_REQUEST', `There is a connection '${name}' already.`, { path: 'name' })
  }

  async function entryOf(name: string): Promise<ConnectionEntry> {
    const { settings, attached } = need(name)
    return { ...settings, hasKey: (await vault.names()).has(name), state: attached.state() }
  }

  async function recognise(address: string, apiKey: string | null): Promise<AttachableName> {
    const { broker, speaks } = await options.attach({ address, apiKey, dialect: null, onEventsLost: ignore })
    await broker[Symbol.asyncDispose]()
    return speaks
  }

  return {
    find,
    async list() {
      const names = await vault.names()
      const connections = shelf.list().map((settings) => ({
        ...settings,
        hasKey: names.has(settings.name),
        state: need(settings.name).attached.state(),
      }))
      return { connections, keyNotice: await vault.notice() }
    },
    async add({ key, ...given }: NewConnection) {
      refuseTaken(given.name)
      const address = tidy(given.address)
      const dialect = given.dialect ?? (await recognise(address, key))
      refuseTaken(given.name)
      if (key !== null) await vault.keep(given.name, key)
      shelf.put({ ...given, address, dialect }, given.name)
      return entryOf(given.name)
    },
    async change(name, changes) {
      const { settings } = need(name)
      const newName = changes.name ?? name
      if (newName !== name) refuseTaken(newName)
      const address = changes.address === undefined ? settings.address : tidy(changes.address)
      const key = await keyAfter(changes, { name, settings, address, vault })
      const dialect =
        changes.dialect === null ? await recognise(address, key) : (changes.dialect ?? settings.dialect)
      const { colour = settings.colour, isReadOnly = settings.isReadOnly } = changes
      if (key === null) await vault.forget(newName)
      else await vault.keep(newName, key)
      shelf.put({ name: newName, address, dialect, colour, isReadOnly }, name)
      if (newName !== name) await vault.forget(name)
      // A key alone shows in no setting, so what is attached with the old one is let go here.
      await letGo(name)
      return entryOf(newName)
    },
    async remove(name) {
      await vault.forget(name)
      await letGo(name)
      return shelf.remove(name)
    },
    async test({ name, key, dialect, address: given }) {
      const address = tidy(given)
      const settings = name === undefined ? null : settingsOf(name)
      const apiKey =
        key ?? (key === null || settings === null ? null : await keptKey({ settings, address, vault }))
      const attached = await options.attach({ address, apiKey, dialect, onEventsLost: ignore })
      try {
        return await checkOnce(attached, options.clock)
      } finally {
        await attached.broker[Symbol.asyncDispose]()
      }
    },
    async open(name) {
      await need(name).attached.open()
      return entryOf(name)
    },
    async close(name) {
      await need(name).attached.close()
      return entryOf(name)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...opened.keys()].map(letGo))
    },
  }
}

const tidy = (address: string) => formatRemoteAddress(parseRemoteAddress(address))

interface KeptKey {
  readonly settings: Connection
  readonly address: string
  readonly vault: KeyVault
}

/** A key is for the server it was given for: at another origin there is none. */
async function keptKey({ settings, address, vault }: KeptKey): Promise<string | null> {
  const isSameServer = parseRemoteAddress(settings.address).origin === parseRemoteAddress(address).origin
  return isSameServer ? vault.keyOf(settings.name) : null
}

async function keyAfter({ key }: ConnectionChanges, kept: KeptKey & { readonly name: string }) {
  return key === undefined ? keptKey(kept) : key
}

function isSame(one: Connection, other: Connection): boolean {
  return (
    one.address === other.address &&
    one.dialect === other.dialect &&
    one.colour === other.colour &&
    one.isReadOnly === other.isReadOnly
  )
}
