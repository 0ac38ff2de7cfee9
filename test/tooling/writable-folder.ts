import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.ts'

export interface WritableFolder extends Disposable {
  /** Absolute, without symbolic links. */
  readonly path: string
  /** Writes files by their paths in it; `mode` makes them executable, say. */
  write(files: Readonly<Record<string, string>>, mode?: number): void
}

/** A folder of a test's own, to be filled, and removed with everything in it at the end of the scope. */
export function openWritableFolder(): WritableFolder {
  const folder = temporaryFolder()
  const place = realpathSync(folder.path)
  return {
    path: place,
    write(files, mode = 0o644) {
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(place, name)
        mkdirSync(path.dirname(file), { recursive: true })
        writeFileSync(file, content, { mode })
      }
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
