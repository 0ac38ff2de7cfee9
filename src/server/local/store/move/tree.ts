import { constants, type Stats } from 'node:fs'
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readlink,
  rm,
  rmdir,
  symlink,
  utimes,
} from 'node:fs/promises'
import path from 'node:path'
import { pathInside } from '../../path-inside.ts'
import { syncFile } from '../durable-files.ts'
import { MoveError } from './move-error.ts'

/** Something in a folder that is moved. */
export interface TreeEntry {
  /** From the folder; what holds it comes before it. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly bytes: number
}

/** FAT keeps times in steps of two seconds. */
const TIME_STEP_MS = 2000

/** Everything in a folder but what is `left` at its top. @throws MoveError for what is no file, folder or link. */
export async function listTree(root: string, left: ReadonlySet<string>): Promise<readonly TreeEntry[]> {
  const entries: TreeEntry[] = []
  const list = async (folder: string): Promise<void> => {
    for (const name of (await readdir(path.join(root, folder))).toSorted()) {
      const place = path.join(folder, name)
      if (left.has(place)) continue
      const stats = await lstat(path.join(root, place))
      const kind = kindOf(stats)
      if (kind === null)
        throw new MoveError(
          `${path.join(root, place)} is neither a file nor a folder nor a link; remove it first.`,
        )
      entries.push({ path: place, kind, bytes: kind === 'file' ? stats.size : 0 })
      if (kind === 'folder') await list(place)
    }
  }
  await list('')
  return entries
}

function kindOf(stats: Stats): TreeEntry['kind'] | null {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'folder'
  return stats.isSymbolicLink() ? 'link' : null
}

/** Copies one entry with its rights and times; a file is on disk when this resolves. @throws system errors */
export async function copyEntry(from: string, to: string, entry: TreeEntry): Promise<void> {
  const [source, target] = [path.join(from, entry.path), path.join(to, entry.path)]
  if (entry.kind === 'link') {
    const points = await readlink(source)
    await symlink(movedLink({ points, at: entry.path, from, to }), target)
    return
  }
  const { mode, atime, mtime } = await lstat(source)
  if (entry.kind === 'folder') {
    await mkdir(target)
    // Rights that a mask would take, and never fewer than it takes to write in it.
    await chmod(target, (mode & 0o777) | 0o700)
    return
  }
  await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  syncFile(target)
  await utimes(target, atime, mtime)
}

/** What a link says once it has moved: the same place as before, or its copy when that moves as well. */
export function movedLink(link: {
  readonly points: string
  /** Where the link is, from the folder that moves. */
  readonly at: string
  readonly from: string
  readonly to: string
}): string {
  const meant = path.resolve(link.from, path.dirname(link.at), link.points)
  const inside = pathInside(link.from, meant)
  if (path.isAbsolute(link.points)) return inside === null ? link.points : path.join(link.to, inside)
  return inside === null ? meant : link.points
}

/**
 * Removes from a folder what has its like in another one: the same kind, and of a file the same size and
 * time, so that what was changed since the copy stays. What the caller is sure of is removed unseen.
 * @returns how many entries stay, folders that hold some not counted.
 */
export async function removeCopied(
  from: string,
  to: string,
  entries: readonly TreeEntry[],
  isSure: (entry: TreeEntry) => boolean,
): Promise<number> {
  let kept = 0
  for (const entry of entries.toReversed()) {
    const source = path.join(from, entry.path)
    if (entry.kind === 'folder') await removeEmpty(source)
    else if (!isSure(entry) && !(await isAlike(source, path.join(to, entry.path)))) kept += 1
    else if (!(await isRemoved(source))) kept += 1
  }
  return kept
}

async function isRemoved(file: string): Promise<boolean> {
  return rm(file, { force: true }).then(
    () => true,
    // Somebody holds it, or may not be robbed of it; the caller tells how many there are.
    () => false,
  )
}

async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    // What it holds is counted by itself.
    if (error.code === undefined) throw error
  })
}

async function isAlike(source: string, target: string): Promise<boolean> {
  const [one, other] = await Promise.all([source, target].map((file) => lstat(file).catch(() => null)))
  if (one == null || other == null || kindOf(one) !== kindOf(other)) return one == null
  if (!one.isFile()) return true
  return one.size === other.size && Math.abs(one.mtimeMs - other.mtimeMs) <= TIME_STEP_MS
}
