import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const logsFolderIn = (dataFolder: string): string => join(dataFolder, 'logs')

export interface LogFile {
  readonly name: string
  readonly number: number
}

export const logFileName = (number: number): string => `penstock-${String(number).padStart(6, '0')}.log`

/** Oldest first; a folder that is not there, or cannot be read, has none. */
export function listLogFiles(folder: string): readonly LogFile[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => {
        const number = /^penstock-(\d{6,})\.log$/.exec(name)?.[1]
        return number === undefined ? [] : [{ name, number: Number(number) }]
      })
      .toSorted((one, other) => one.number - other.number)
  } catch {
    // Whoever writes there is told; whoever looks for lines finds none.
    return []
  }
}

/** The last lines of the newest files, oldest first: at most so many bytes of them, whole lines only. */
export function readLastLines(folder: string, maxBytes: number): readonly string[] {
  let lines: string[] = []
  let left = maxBytes
  for (const { name } of listLogFiles(folder).toReversed()) {
    if (left <= 0) break
    const text = readEnd(join(folder, name), left)
    lines = [...text.split('\n').filter((line) => line !== ''), ...lines]
    left -= Buffer.byteLength(text)
  }
  return lines
}

function readEnd(file: string, maxBytes: number): string {
  const { size } = statSync(file)
  const begin = Math.max(0, size - maxBytes)
  const bytes = Buffer.alloc(size - begin)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, bytes, 0, bytes.length, begin)
  } finally {
    closeSync(opened)
  }
  const text = bytes.toString('utf8')
  return begin === 0 ? text : text.slice(text.indexOf('\n') + 1)
}
