import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { createDataFolderMoves } from './data-folder-moves.ts'

function open(answer: () => Promise<string | null>) {
  const root = temporaryFolder()
  const base = realpathSync.native(root.path)
  const dataFolder = join(base, 'data')
  mkdirSync(dataFolder)
  const moves = createDataFolderMoves({
    running: async () => ({ dataFolder, moved: null }),
    chooseFolder: answer,
  })
  return { base, dataFolder, moves, [Symbol.dispose]: () => root[Symbol.dispose]() }
}

describe('moving the data folder from the window', () => {
  it('is asked for at a place that a person chose, and can be withdrawn', async () => {
    let answer: string | null = null
    using given = open(async () => answer)
    const { base, dataFolder, moves } = given
    expect(await moves.ask()).toEqual({ folder: dataFolder, askedMove: null, moved: null })
    answer = join(base, 'there')
    expect(await moves.ask()).toEqual({ folder: dataFolder, askedMove: answer, moved: null })
    answer = null
    expect(await moves.ask()).toMatchObject({ askedMove: join(base, 'there') })
    expect(await moves.withdraw()).toMatchObject({ askedMove: null })
  })

  it('is refused in words where the data cannot go, and what was asked for before stands', async () => {
    let answer = 'there'
    using given = open(async () => join(given.base, answer))
    await given.moves.ask()
    answer = 'data/deeper'
    await expect(given.moves.ask()).rejects.toThrow(/is inside the data folder/)
    expect(await given.moves.get()).toMatchObject({ askedMove: join(given.base, 'there') })
  })

  it('is one question at a time', async () => {
    const answer = Promise.withResolvers<string | null>()
    using given = open(() => answer.promise)
    const first = given.moves.ask()
    await expect(given.moves.ask()).rejects.toThrow('You are being asked for the place already.')
    answer.resolve(null)
    expect(await first).toMatchObject({ askedMove: null })
    expect(await given.moves.ask()).toMatchObject({ askedMove: null })
  })

  it('is not offered while no broker runs', async () => {
    const moves = createDataFolderMoves({ running: async () => null, chooseFolder: async () => null })
    await expect(moves.get()).rejects.toThrow('The local broker does not run.')
  })
})
