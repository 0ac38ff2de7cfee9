import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareFolders } from './prepare-folders.ts'
import { isForPeople } from './setup-error.ts'

describe('the folders Penstock works with', () => {
  let parent: string
  const below = (...names: string[]) => path.join(parent, ...names)
  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'penstock-folders-'))
  })
  afterEach(() => rm(parent, { recursive: true }))

  it('are made where they are missing, the data for this user only', async () => {
    await prepareFolders({ dataFolder: below('a', 'data'), tasksFolder: below('b', 'tasks') })
    expect((await stat(below('b', 'tasks'))).isDirectory()).toBe(true)
    const { mode } = await stat(below('a', 'data'))
    if (process.platform !== 'win32') expect(mode & 0o077).toBe(0)
  })

  it.each([
    ['data', 'a file has its name'],
    ['tasks', 'a file has its name'],
  ] as const)(
    'are refused with a reason when a file is in the place of the %s folder',
    async (which, why) => {
      await writeFile(below(which), '')
      const refusal = await prepareFolders({ dataFolder: below('data'), tasksFolder: below('tasks') }).catch(
        (error: unknown) => error,
      )
      expect(isForPeople(refusal)).toBe(true)
      expect(refusal).toMatchObject({
        name: 'UnusableFolderError',
        folder: which,
        message: `The ${which} folder ${below(which)} cannot be used (${why}). Put that right, or choose another one with --${which}.`,
      })
    },
  )

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'are refused when this user may not write the data folder',
    async () => {
      await mkdir(below('data'))
      await chmod(below('data'), 0o500)
      const folders = { dataFolder: below('data'), tasksFolder: below('tasks') }
      await expect(prepareFolders(folders)).rejects.toThrow('this user may not use it')
    },
  )
})
