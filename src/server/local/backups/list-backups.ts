import { type Dirent, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Backup, BACKUP_NAME_PATTERN, MAX_LISTED_BACKUPS } from '../../../shared/domain/backup.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'

export const backupsFolderIn = (dataFolder: string): string => join(dataFolder, 'backups')

/** One that is still being made is younger. */
const STALE_MS = 24 * 3_600_000

/** What can be restored, newest first; a folder that is not there has none. */
export function listBackups(folder: string): readonly Backup[] {
  return filesIn(folder)
    .filter(({ name }) => BACKUP_NAME_PATTERN.test(name))
    .flatMap(({ name }) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false })
      return found === undefined ? [] : [{ name, bytes: found.size, at: Math.round(found.mtimeMs) }]
    })
    .toSorted((one, other) => other.at - one.at || other.name.localeCompare(one.name))
    .slice(0, MAX_LISTED_BACKUPS)
}

/** A name that nothing has yet. */
export function nextBackupName(folder: string, now: EpochMs): string {
  const taken = new Set(filesIn(folder).map(({ name }) => name))
  const stamp = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
  let name = `penstock-${stamp}.db`
  for (let copy = 2; taken.has(name); copy += 1) name = `penstock-${stamp}-${copy}.db`
  return name
}

/** Takes away what a crash left of unfinished backups. */
export function removeStale(folder: string, now: EpochMs): void {
  for (const { name } of filesIn(folder)) {
    if (!/^\..*\.unfinished(-journal|-wal|-shm)?$/.test(name)) continue
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    if (found !== undefined && now - found.mtimeMs > STALE_MS) rmSync(join(folder, name), { force: true })
  }
}

function filesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
