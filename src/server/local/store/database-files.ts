import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { EpochMs } from '../../../shared/domain/clock.ts'

/** The database of a data folder. */
export const databaseIn = (folder: string): string => join(folder, 'penstock.db')

/** The log first: a database without its log would look whole, and have forgotten its last commits. */
export const DATABASE_SUFFIXES = ['-wal', '-shm', ''] as const

/** A name that nothing has yet, for a database that is moved aside: `penstock.db.<why>-2026-11-21T05-45-01Z`. */
export function movedName(file: string, why: 'damaged' | 'replaced', now: EpochMs): string {
  const stamp = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
  const wanted = `${file}.${why}-${stamp}`
  let name = wanted
  for (let copy = 2; DATABASE_SUFFIXES.some((suffix) => existsSync(name + suffix)); copy += 1)
    name = `${wanted}-${copy}`
  return name
}
