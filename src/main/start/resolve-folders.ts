import path from 'node:path'
import type { Folders } from '../../server/app/folders.ts'
import type { CommandLine } from '../command-line.ts'
import type { Preferences } from '../preferences/preferences.ts'

/** Folders that were chosen since the program started, on the page of a failed start. */
export type ChosenFolders = Partial<Folders>

interface FolderSources {
  /** Where this user's data is usually kept. */
  readonly home: string
  readonly commandLine: Pick<CommandLine, 'dataFolder' | 'tasksFolder'>
  readonly preferences: Pick<Preferences, 'dataFolder' | 'tasksFolder'>
  readonly chosen: ChosenFolders
}

/**
 * Which folders to work with: what was just chosen, else the command line, else what is remembered, else
 * the usual. With a data folder on the command line, the tasks are inside it unless they are given as well.
 */
export function resolveFolders({ home, commandLine, preferences, chosen }: FolderSources): Folders {
  const dataFolder =
    chosen.dataFolder ?? commandLine.dataFolder ?? preferences.dataFolder ?? path.join(home, 'data')
  const besideData = commandLine.dataFolder === null ? null : path.join(commandLine.dataFolder, 'tasks')
  const tasksFolder =
    chosen.tasksFolder ??
    commandLine.tasksFolder ??
    besideData ??
    preferences.tasksFolder ??
    path.join(home, 'tasks')
  return { dataFolder: path.resolve(dataFolder), tasksFolder: path.resolve(tasksFolder) }
}
