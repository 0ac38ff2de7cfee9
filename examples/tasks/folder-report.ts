import { readdir, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { defineTask } from 'penstock/tasks'

interface FolderReportInput {
  /** Absolute: a task has no working directory of its own. */
  readonly folder: string
  /** How many of the largest files to name; 5 by default. */
  readonly top?: number
}

/** Counts the files below a folder and names the largest ones. */
export const folderReport = defineTask<FolderReportInput>({
  name: 'folder-report',
  timeoutMs: 10 * 60_000,
  maxRetries: 1,
  async run({ kwargs: { folder, top = 5 } }, context) {
    const files = await listFiles(folder)
    context.log.info(`${files.length} files below ${folder}`)

    const sizes: { file: string; bytes: number }[] = []
    for (const [index, file] of files.entries()) {
      // Cancelled or out of time: end here, between two files.
      context.signal.throwIfAborted()
      const bytes = await sizeOf(join(folder, file))
      if (bytes === null) context.log.warn(`${file} went away meanwhile`)
      else sizes.push({ file, bytes })
      if (index % 100 === 0) context.progress(index / files.length, { stage: 'measuring', message: file })
    }
    context.progress(1, { stage: 'done' })

    return {
      files: sizes.length,
      bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
      largest: sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, top),
    }
  },
})

/** Files below `folder`, relative to it. A folder that is not there now will not be there in a second. */
async function listFiles(folder: string): Promise<string[]> {
  if (!isAbsolute(folder ?? '')) throw lost('Give the folder as an absolute path.')
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
  } catch (error) {
    throw lost(`The folder ${folder} cannot be read.`, error)
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch {
    return null
  }
}

/** An error that no retry will mend: the task is dead-lettered at once. */
function lost(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { retry: false })
}
