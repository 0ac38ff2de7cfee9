import { loadSqlite } from './open-database.ts'

/**
 * Reads all of a database that was copied, and leaves it as one file alone, without a log beside it, until
 * somebody opens it as a broker's.
 * @returns how many tasks it has, or what is wrong with it. @throws SqliteError
 */
export async function closeCopy(
  file: string,
): Promise<{ readonly tasks: number; readonly problem: null } | { readonly problem: string }> {
  const Database = await loadSqlite()
  const copy = new Database(file)
  try {
    copy.pragma('journal_mode = DELETE')
    const found = copy.pragma('integrity_check(1)', { simple: true }) as string
    if (found !== 'ok') return { problem: found.replaceAll(/\s+/g, ' ').slice(0, 500) }
    const tasks = copy.prepare<[], number>('SELECT count(*) FROM tasks').pluck().get()!
    return { tasks, problem: null }
  } finally {
    copy.close()
  }
}
