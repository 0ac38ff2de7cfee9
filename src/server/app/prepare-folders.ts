import { constants } from 'node:fs'
import { access, mkdir, readdir } from 'node:fs/promises'
import type { Folders } from './folders.ts'
import { UnusableFolderError } from './setup-error.ts'

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not use it',
  EPERM: 'this user may not use it',
  EROFS: 'its disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EEXIST: 'a file has its name',
  ENOTDIR: 'a file is in its place',
  ENAMETOOLONG: 'its name is too long',
}

/**
 * Makes the folders that Penstock works with, where they are missing. Task files need only be read.
 * @throws UnusableFolderError saying which, and why.
 */
export async function prepareFolders({ dataFolder, tasksFolder }: Folders): Promise<void> {
  await prepare('data', dataFolder, async () => {
    // Inputs and results are nobody else's business on this machine.
    await mkdir(dataFolder, { recursive: true, mode: 0o700 })
    await access(dataFolder, constants.R_OK | constants.W_OK)
  })
  await prepare('tasks', tasksFolder, async () => {
    await mkdir(tasksFolder, { recursive: true })
    await readdir(tasksFolder)
  })
}

async function prepare(which: 'data' | 'tasks', folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new UnusableFolderError(which, folder, REASONS[code] ?? message)
  }
}
