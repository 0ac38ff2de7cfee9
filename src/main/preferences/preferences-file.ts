import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DEFAULT_PREFERENCES, type Preferences, preferencesSchema } from './preferences.ts'

export interface PreferencesFile {
  get(): Preferences
  /** Changes what is given, for now and for the next start. */
  set(changes: Partial<Preferences>): void
  /** What is to be read out to the user once: a damaged file was moved aside, or it cannot be written. */
  readonly problems: readonly string[]
}

/**
 * Reads what the desktop app remembers. A file that is no such thing is moved aside and the defaults
 * hold; one that cannot be read or written is no reason not to start: it is told, and nothing is kept.
 *
 * @param now names the file that is moved aside, in epoch milliseconds
 */
export function openPreferences(file: string, now: number): PreferencesFile {
  const problems: string[] = []
  let preferences = read(file, now, problems)
  let isTold = false

  function write(): void {
    const draft = `${file}.new`
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      writeFileSync(draft, `${JSON.stringify(preferences, null, 2)}\n`, { mode: 0o600, flush: true })
      renameSync(draft, file)
    } catch (error) {
      if (!isTold)
        problems.push(`The settings of the desktop app cannot be kept in ${file}: ${wordsOf(error)}`)
      isTold = true
    }
  }

  return {
    get: () => preferences,
    set(changes) {
      const changed = { ...preferences, ...changes }
      if (JSON.stringify(changed) === JSON.stringify(preferences)) return
      preferences = changed
      write()
    },
    problems,
  }
}

function read(file: string, now: number, problems: string[]): Preferences {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      problems.push(`The settings of the desktop app cannot be read from ${file}: ${wordsOf(error)}`)
    return DEFAULT_PREFERENCES
  }
  try {
    return preferencesSchema.parse(JSON.parse(text))
  } catch {
    const movedTo = `${file}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`
    try {
      renameSync(file, movedTo)
      problems.push(`The settings of the desktop app were damaged and begin anew; the old file is ${movedTo}`)
    } catch (error) {
      problems.push(`The settings of the desktop app in ${file} are damaged: ${wordsOf(error)}`)
    }
    return DEFAULT_PREFERENCES
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
