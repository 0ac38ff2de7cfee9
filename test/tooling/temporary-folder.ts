import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export interface TemporaryFolder extends Disposable {
  /** Absolute, without symbolic links. */
  readonly path: string
  /** Writes files by their paths in it; `mode` makes them executable, say. */
  write(files: Readonly<Record<string, string>>, mode?: number): void
}

/** A folder of a test's own, removed with everything in it at the end of the test's scope. */
export function openTemporaryFolder(): TemporaryFolder {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'penstock-tooling-')))
  return {
    path: folder,
    write(files, mode = 0o644) {
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(folder, name)
        mkdirSync(path.dirname(file), { recursive: true })
        writeFileSync(file, content, { mode })
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
