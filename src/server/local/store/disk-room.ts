import { statfsSync } from 'node:fs'

/** Left free on a disk besides what is written to it. */
export const SPARE_BYTES = 16 * 1024 * 1024

export const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`

/**
 * Why so many bytes cannot be written to a folder's disk with some to spare; null when they can.
 * @param what needs them, as the beginning of a sentence about it. @throws system errors
 */
export function describeLackOfRoom(folder: string, bytes: number, what: string): string | null {
  const { bavail, bsize } = statfsSync(folder)
  const [needed, free] = [bytes + SPARE_BYTES, bavail * bsize]
  return free < needed ? `${what} needs ${inMegabytes(needed)}, ${inMegabytes(free)} are free.` : null
}
