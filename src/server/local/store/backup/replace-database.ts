import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { clearDamageMark } from '../damage-mark.ts'
import { syncFolder } from '../durable-files.ts'
import { DATABASE_SUFFIXES, movedName } from '../database-files.ts'

/** A database that is to take the place of another: whole, checked, in the same folder. */
export const incomingOf = (file: string): string => `${file}.restoring`
/** Notes where the present one goes, so that a crash in the middle is finished by the next start. */
const planOf = (file: string) => `${file}.restore-plan`

/**
 * Puts the incoming database in the place of the present one, which is moved, byte for byte and with its
 * log, to a name that nothing has yet. Nobody may have it open. A crash at any moment is finished by
 * {@link finishReplacing}: never is there no database, and never one without its log.
 * @returns where the present one lies now; null when there was none.
 */
export function replaceDatabase(file: string, now: EpochMs): string | null {
  const hasPresent = DATABASE_SUFFIXES.some((suffix) => existsSync(file + suffix))
  const movedTo = movedName(file, 'replaced', now)
  writeFileSync(planOf(file), basename(movedTo), { flush: true })
  syncFolder(dirname(file))
  finishReplacing(file)
  return hasPresent ? movedTo : null
}

/** Ends what a crash cut off. Safe to call at every start. */
export function finishReplacing(file: string): void {
  if (!existsSync(planOf(file))) return
  const movedTo = join(dirname(file), readFileSync(planOf(file), 'utf8'))
  if (existsSync(incomingOf(file))) {
    for (const suffix of DATABASE_SUFFIXES)
      if (existsSync(file + suffix) && !existsSync(movedTo + suffix))
        renameSync(file + suffix, movedTo + suffix)
    syncFolder(dirname(file))
    renameSync(incomingOf(file), file)
    syncFolder(dirname(file))
  }
  clearDamageMark(file)
  rmSync(planOf(file))
  syncFolder(dirname(file))
}
