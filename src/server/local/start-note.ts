import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One thing that the next start is asked to do, as a file of the data folder. */
export interface StartNote {
  /** On disk when it returns; what was asked for before is forgotten. */
  write(dataFolder: string, value: string): void
  /** Null when nothing is asked for, or the note cannot be read. */
  read(dataFolder: string): string | null
  remove(dataFolder: string): void
}

/** @param isValue whether a text can be what is asked for. */
export function createStartNote(
  fileName: string,
  field: string,
  isValue: (text: string) => boolean,
): StartNote {
  const noteIn = (dataFolder: string) => join(dataFolder, fileName)
  return {
    write: (dataFolder, value) =>
      writeFileSync(noteIn(dataFolder), JSON.stringify({ [field]: value }), { flush: true }),
    read(dataFolder) {
      try {
        const { [field]: value } = JSON.parse(readFileSync(noteIn(dataFolder), 'utf8')) as Record<
          string,
          unknown
        >
        return typeof value === 'string' && isValue(value) ? value : null
      } catch {
        // Written by hand, or half: nothing is done that nobody can name.
        return null
      }
    },
    remove: (dataFolder) => rmSync(noteIn(dataFolder), { force: true }),
  }
}
