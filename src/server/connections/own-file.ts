import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type * as z from 'zod'

/**
 * A JSON file that only its owner may read; null when there is none.
 * @throws ConnectionsFileError when it is not as it was written.
 */
export function readOwnFile<Value>(file: string, schema: z.ZodType<Value>): Value | null {
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

/** The new file takes the place of the old one in one step, and nobody else may ever read it. */
export function writeOwnFile(file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}.new`
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, file)
}

/** The file was changed by something else; it is left as it is. */
export class ConnectionsFileError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConnectionsFileError'
  }
}
