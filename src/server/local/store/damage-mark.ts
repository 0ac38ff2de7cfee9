import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

/** Says beside a database that it was found damaged while it was in use: the next start looks at all of it. */
const markOf = (file: string) => `${file}.damage-found`

/** Never throws: what is found is told anyway, and the disk may be what failed. */
export function markDamaged(file: string, reason: string): void {
  try {
    const mark = openSync(markOf(file), 'w')
    writeSync(mark, `${reason}\n`)
    fsyncSync(mark)
    closeSync(mark)
  } catch {
    // Then the next start finds out for itself, if it can.
  }
}

/** What was found, or null. */
export function readDamageMark(file: string): string | null {
  try {
    return readFileSync(markOf(file), 'utf8').trim()
  } catch {
    return null
  }
}

export function clearDamageMark(file: string): void {
  rmSync(markOf(file), { force: true })
}
