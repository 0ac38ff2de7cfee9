import { statSync } from 'node:fs'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { finishReplacing } from './backup/replace-database.ts'
import { DamagedDatabaseError, forPeople } from './damage.ts'
import { openWritable, type WritableDatabase } from './open-database.ts'
import { finishSettingAside, listSetAside, type SetAside, setAside } from './set-aside.ts'

/** What opening found. */
export interface OpenedDatabase {
  /** The last run did not end in order: what it left has not been looked at as a whole. */
  readonly wasUnclean: boolean
  /** Null when it was in order. */
  readonly setAside: SetAside | null
  /** Damaged databases of this start and earlier ones that still lie there, oldest first. */
  readonly damagedFiles: readonly string[]
}

/**
 * Opens the database for writing, and what stands on it with `build`. A damaged one is moved aside,
 * and an empty one opened in its place; anything else that is wrong is refused and left as it is.
 * @throws UnusableDatabaseError, NewerDatabaseError, ForeignDatabaseError.
 */
export async function openOrSetAside<Built>(
  file: string,
  now: EpochMs,
  build: (db: WritableDatabase) => Built,
): Promise<{ readonly db: WritableDatabase; readonly built: Built; readonly opened: OpenedDatabase }> {
  finishReplacing(file)
  finishSettingAside(file)
  const wasUnclean = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  try {
    const { db, built } = await open(file, build)
    return { db, built, opened: { wasUnclean, setAside: null, damagedFiles: listSetAside(file) } }
  } catch (error) {
    if (!(error instanceof DamagedDatabaseError)) throw error
    const moved = setAside(file, error.reason, now)
    const { db, built } = await open(file, build)
    return { db, built, opened: { wasUnclean: false, setAside: moved, damagedFiles: listSetAside(file) } }
  }
}

async function open<Built>(file: string, build: (db: WritableDatabase) => Built) {
  const db = await openWritable(file)
  try {
    return { db, built: build(db) }
  } catch (error) {
    db.close()
    throw forPeople(error, file)
  }
}
