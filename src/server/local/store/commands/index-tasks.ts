import { prepareWriteCursor } from '../background-cursors.ts'
import type { SearchChanges } from '../queries/search-changes.ts'
import { SEARCHED_COLUMNS } from '../search-text.ts'
import type { CommandContext } from './command-context.ts'

/** Puts the tasks of one slice into the full-text index as they are now, and takes out those that are gone. */
export function prepareIndexTasks({ db }: CommandContext) {
  const write = prepareWriteCursor(db)
  const read = db
    .prepare<[number], string>(
      `SELECT concat_ws(char(10), ${SEARCHED_COLUMNS.join(', ')}) FROM tasks WHERE number = ?`,
    )
    .pluck()
  const put = db.prepare('INSERT OR REPLACE INTO task_search (rowid, text) VALUES (?, ?)')
  const remove = db.prepare('DELETE FROM task_search WHERE rowid = ?')

  return ({ numbers, seq, at, rescan }: SearchChanges): void => {
    for (const number of numbers) {
      const text = read.get(number)
      if (text === undefined) remove.run(number)
      else put.run(number, text)
    }
    write('search.seq', seq)
    write('search.at', at)
    write('search.rescan', rescan?.upTo ?? null)
    write('search.rescan_since', rescan?.since ?? null)
  }
}
