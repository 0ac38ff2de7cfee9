import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a file is put in place with, so that a loss of power leaves either all of it or none. */

export function syncFile(file: string): void {
  // Windows syncs only what may be written; elsewhere a file that only may be read is synced as well.
  const opened = openSync(file, process.platform === 'win32' ? 'r+' : 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/** Makes renames in a folder durable; Windows has no way to ask for that, and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/**
 * Gives a finished file its name, at once and for good.
 * @returns false when something has that name already and `overwrite` is not given; nothing is changed then.
 */
export function putInPlace(
  unfinished: string,
  file: string,
  { overwrite }: { readonly overwrite: boolean },
): boolean {
  syncFile(unfinished)
  if (overwrite) renameSync(unfinished, file)
  else if (!linkWhereFree(unfinished, file)) return false
  syncFolder(dirname(file))
  return true
}

/** A link, unlike a rename, never replaces what is there; not every file system has links. */
function linkWhereFree(unfinished: string, file: string): boolean {
  try {
    linkSync(unfinished, file)
    rmSync(unfinished)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
  }
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return false
  renameSync(unfinished, file)
  return true
}
