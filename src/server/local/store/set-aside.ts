import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { clearDamageMark } from './damage-mark.ts'
import { syncFolder } from './durable-files.ts'
import { DATABASE_SUFFIXES, movedName } from './database-files.ts'

/** A damaged database that was moved out of the way. */
export interface SetAside {
  readonly file: string
  /** Where it lies now; its `-wal` and `-shm` beside it. */
  readonly movedTo: string
  readonly reason: string
}

/** Notes what is being moved where, so that a crash in the middle is finished by the next start. */
const planOf = (file: string) => `${file}.setting-aside`

/**
 * Moves a database with its log to a name that nothing has yet, byte for byte. Nobody may have it open.
 * A crash in the middle is finished by {@link finishSettingAside}.
 */
export function setAside(file: string, reason: string, now: EpochMs): SetAside {
  const movedTo = movedName(file, 'damaged', now)
  writeFileSync(planOf(file), movedTo, { flush: true })
  syncFolder(dirname(file))
  move(file, movedTo)
  return { file, movedTo, reason }
}

/** Ends what a crash cut off. Safe to call at every start. */
export function finishSettingAside(file: string): void {
  if (existsSync(planOf(file))) move(file, readFileSync(planOf(file), 'utf8'))
}

/** Damaged databases that still lie beside this one, oldest first. */
export function listSetAside(file: string): readonly string[] {
  const prefix = `${basename(file)}.damaged-`
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix) && !/-(wal|shm)$/.test(name))
    .toSorted()
    .map((name) => join(dirname(file), name))
}

/** What happened, where the old tasks are, and how to get at them. */
export function describeSetAside({ file, movedTo, reason }: SetAside): string {
  return (
    `The database ${file} was damaged (${reason}). It was moved to ${movedTo}, with its log, unchanged, and an empty one ` +
    `was begun. To get its tasks back: stop Penstock, run  sqlite3 "${movedTo}" .recover | sqlite3 recovered.db  ` +
    `and put recovered.db in the place of ${file}, without the -wal and -shm that lie there.`
  )
}

/** For as long as they lie there; null when there are none. */
export function describeDamagedFiles(files: readonly string[]): string | null {
  if (files.length === 0) return null
  return `A damaged database was moved aside: ${files.join(', ')}. Recover what it holds, or delete it.`
}

function move(file: string, movedTo: string): void {
  for (const suffix of DATABASE_SUFFIXES)
    if (existsSync(file + suffix) && !existsSync(movedTo + suffix))
      renameSync(file + suffix, movedTo + suffix)
  syncFolder(dirname(file))
  clearDamageMark(file)
  rmSync(planOf(file), { force: true })
  syncFolder(dirname(file))
}
