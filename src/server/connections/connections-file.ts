import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import {
  ATTACHABLE_NAMES,
  type Connection,
  CONNECTION_COLOURS,
  MAX_ADDRESS_LENGTH,
} from '../../shared/domain/connection.ts'
import { encryptedKeyTexts, plainKeyTexts } from './key-file.ts'
import type { ConnectionShelf } from './open-connection-book.ts'
import { readOwnFile, writeOwnFile } from './own-file.ts'

const connection = z.object({
  name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
  address: z.string().max(MAX_ADDRESS_LENGTH),
  dialect: z.enum(ATTACHABLE_NAMES),
  colour: z.enum(CONNECTION_COLOURS),
  isReadOnly: z.boolean(),
})
const connectionsFile = z.object({ connections: z.array(connection).max(1000) })
/** What was added, without the keys, in a file of the data folder. */
export function openConnectionShelf(dataFolder: string): ConnectionShelf {
  const file = join(dataFolder, 'connections.json')
  const list = () => readOwnFile(file, connectionsFile)?.connections ?? []
  function save(connections: readonly Connection[]) {
    mkdirSync(dataFolder, { recursive: true })
    writeOwnFile(file, { connections })
  }
  return {
    list,
    put(given, instead) {
      const added = connection.parse(given)
      const all = list().filter(({ name }) => name === instead || name !== added.name)
      const index = all.findIndex(({ name }) => name === instead)
      save(index < 0 ? [...all, added] : all.with(index, added))
    },
    remove(name) {
      const all = list()
      const rest = all.filter((each) => each.name !== name)
      if (rest.length === all.length) return false
      save(rest)
      return true
    },
  }
}

/** Connections and their keys as the command line has them: both in files that only their owner may read. */
export interface Connections {
  list(): readonly Connection[]
  find(name: string): Connection | null
  keyOf(name: string): string | null
  /** Takes the place of one with the same name. A key that is null is forgotten. */
  add(connection: Connection, key: string | null): void
  /** @returns whether there was one. */
  remove(name: string): boolean
}

export function openConnections(dataFolder: string): Connections {
  const shelf = openConnectionShelf(dataFolder)
  const keys = plainKeyTexts(dataFolder)
  // Those of the desktop app cannot be read here, but forgotten.
  const encrypted = encryptedKeyTexts(dataFolder)
  return {
    list: shelf.list,
    find: (name) => shelf.list().find((each) => each.name === name) ?? null,
    keyOf: keys.textOf,
    add(added, key) {
      encrypted.delete(added.name)
      if (key === null) keys.delete(added.name)
      else keys.set(added.name, key)
      shelf.put(added, added.name)
    },
    remove(name) {
      keys.delete(name)
      encrypted.delete(name)
      return shelf.remove(name)
    },
  }
}
