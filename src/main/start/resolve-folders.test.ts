import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveFolders } from './resolve-folders.ts'

const NOTHING = { dataFolder: null, tasksFolder: null }
const HOME = { home: '/home/p', commandLine: NOTHING, preferences: NOTHING, chosen: {} }
const folders = (dataFolder: string, tasksFolder: string) => ({
  dataFolder: path.resolve(dataFolder),
  tasksFolder: path.resolve(tasksFolder),
})

describe('the folders of the desktop app', () => {
  it('are the usual ones unless something is said', () => {
    expect(resolveFolders(HOME)).toEqual(folders('/home/p/data', '/home/p/tasks'))
  })

  it('are those that are remembered, each for itself', () => {
    const preferences = { dataFolder: '/big/data', tasksFolder: null }
    expect(resolveFolders({ ...HOME, preferences })).toEqual(folders('/big/data', '/home/p/tasks'))
  })

  it('are those of the command line before those that are remembered', () => {
    const sources = { ...HOME, preferences: { dataFolder: '/big/data', tasksFolder: '/big/tasks' } }
    const inside = { ...sources, commandLine: { dataFolder: '/try', tasksFolder: null } }
    expect(resolveFolders(inside)).toEqual(folders('/try', '/try/tasks'))
    const both = { ...sources, commandLine: { dataFolder: '/try', tasksFolder: '/code' } }
    expect(resolveFolders(both)).toEqual(folders('/try', '/code'))
  })

  it('are those that were just chosen before all else', () => {
    const commandLine = { dataFolder: '/try', tasksFolder: null }
    expect(resolveFolders({ ...HOME, commandLine, chosen: { dataFolder: '/new' } })).toEqual(
      folders('/new', '/try/tasks'),
    )
  })
})
