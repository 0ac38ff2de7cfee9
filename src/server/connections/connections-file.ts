import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { ATTACHABLE_NAMES } from '../attach/attachable-names.ts'

export const COLOURS = ['grey', 'blue', 'green', 'amber', 'red'] as const

const connection = z.object({
  name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
  address: z.string().max(2000),
  dialect: z.enum(ATTACHABLE_NAMES),
  colour: z.enum(COLOURS),
  isReadOnly: z.boolean(),
})
const connectionsFile = z.object({ connections: z.array(connection).max(1000) })
const keysFile = z.record(z.string(), z.string())

/** A broker elsewhere that somebody has added. Its key is kept apart. */
export type Connection = z.infer<typeof connection>

/** What was added, in a file of the data folder; the keys in another one that only its owner may read. */
export interface Connections {
  list(): readonly Connection[]
  find(name: string): Connection | null
  keyOf(name: string): string | null
  /** Takes the place of one with the same name. */
  add(connection: Connection, key: string | null): void
  /** @returns whether there was one. */
  remove(name: string): boolean
}

export function openConnections(dataFolder: string): Connections {
  const file = join(dataFolder, 'connections.json')
  const keyFile = join(dataFolder, 'connection-keys.json')
  const list = () => read(file, connectionsFile)?.connections ?? []
  const keys = (): Record<string, string> => read(keyFile, keysFile) ?? {}
  function save(connections: readonly Connection[], allKeys: Readonly<Record<string, string>>) {
    mkdirSync(dataFolder, { recursive: true })
    write(keyFile, allKeys)
    write(file, { connections })
  }
  return {
    list,
    find: (name) => list().find((each) => each.name === name) ?? null,
    keyOf: (name) => (Object.hasOwn(keys(), name) ? keys()[name]! : null),
    add(added, key) {
      const { [added.name]: _old, ...others } = keys()
      const rest = list().filter(({ name }) => name !== added.name)
      save([...rest, connection.parse(added)], key === null ? others : { ...others, [added.name]: key })
    },
    remove(name) {
      const all = list()
      const rest = all.filter((each) => each.name !== name)
      if (rest.length === all.length) return false
      const { [name]: _old, ...others } = keys()
      save(rest, others)
      return true
    },
  }
}

function read<Value>(file: string, schema: z.ZodType<Value>): Value | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new ConnectionsFileError(
      `${file} is not as Penstock writes it. Mend it, or delete it and add the connections again.`,
    )
  }
}

/** The file was changed by something else; it is left as it is. */
export class ConnectionsFileError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConnectionsFileError'
  }
}

/** The new file takes the place of the old one in one step, and nobody else may ever read it. */
function write(file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}.new`
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, file)
}
