import { app, dialog, shell, type BrowserWindow } from 'electron'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Folders } from '../../server/app/folders.ts'
import type { CommandLine } from '../command-line.ts'
import { chooseFolder } from '../data-folder/choose-folder.ts'
import type { PreferencesFile } from '../preferences/preferences-file.ts'
import { resolveFolders, type ChosenFolders } from './resolve-folders.ts'

export interface FolderChoice {
  current(): Folders
  /** Asks for another folder. Answers whether one was chosen. */
  choose(which: keyof Folders, parent: BrowserWindow): Promise<boolean>
  /** In the file manager; what there is of its path, where it does not exist. */
  openDataFolder(): Promise<void>
}

/**
 * The folders the engine works with. One that is chosen is remembered for the next start, unless the
 * command line names another: then it is for this run alone, as the command line would win again.
 */
export function createFolderChoice(commandLine: CommandLine, preferences: PreferencesFile): FolderChoice {
  let chosen: ChosenFolders = {}
  const current = () =>
    resolveFolders({
      home: app.getPath('userData'),
      commandLine,
      preferences: preferences.get(),
      chosen,
    })
  return {
    current,
    async choose(which, parent) {
      const folder = await chooseFolder(parent, {
        title: which === 'dataFolder' ? 'Choose a data folder' : 'Choose a tasks folder',
        buttonLabel: 'Use this folder',
      })
      if (folder === null) return false
      chosen = { ...chosen, [which]: folder }
      if (commandLine[which] === null) preferences.set({ [which]: folder })
      return true
    },
    async openDataFolder() {
      let folder = current().dataFolder
      while (!existsSync(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder)
      const problem = await shell.openPath(folder)
      if (problem !== '') dialog.showErrorBox('The folder was not opened', `${folder}: ${problem}`)
    },
  }
}
