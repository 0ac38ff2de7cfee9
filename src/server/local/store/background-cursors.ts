import type { ReadableDatabase, WritableDatabase } from './open-database.ts'

/**
 * How far background jobs have come.
 * - `search.seq`: last event whose task is in the full-text index.
 * - `search.at`: instant of that event.
 * - `search.rescan`: every task up to this number has been looked at since events were lost; absent when none were.
 * - `search.rescan_since`: only tasks changed at or after this instant can have been missed.
 * - `rollup.hour`, `rollup.day`: the first hour and day that are not summed yet.
 */
export type BackgroundCursor =
  'search.seq' | 'search.at' | 'search.rescan' | 'search.rescan_since' | 'rollup.hour' | 'rollup.day'

export function prepareReadCursor(db: ReadableDatabase): (name: BackgroundCursor) => number | null {
  const read = db.prepare<[string], number>('SELECT value FROM background_cursors WHERE name = ?').pluck()
  return (name) => read.get(name) ?? null
}

/** Null removes it. */
export function prepareWriteCursor(
  db: WritableDatabase,
): (name: BackgroundCursor, value: number | null) => void {
  const write = db.prepare(
    'INSERT INTO background_cursors (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const remove = db.prepare('DELETE FROM background_cursors WHERE name = ?')
  return (name, value) => void (value === null ? remove.run(name) : write.run(name, value))
}
