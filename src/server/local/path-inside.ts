import path from 'node:path'

/** The way from a folder to what is in it, empty for the folder itself; null for what is outside. */
export function pathInside(folder: string, place: string): string | null {
  const way = path.relative(folder, place)
  return way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way) ? null : way
}
