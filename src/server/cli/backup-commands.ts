import type { Command } from 'commander'
import { resolve } from 'node:path'
import { chooseFolders } from '../app/folders.ts'
import { jsonLine } from './task-commands.ts'
import { confirm, type Terminal } from './terminal.ts'

interface FolderOptions {
  readonly data?: string
  readonly json?: boolean
}

/** `backup` and `restore`: they work on the files of a data folder, so they are for the machine it is on. */
export function addBackupCommands(program: Command, terminal: Terminal): void {
  addFolderOptions(program.command('backup <file>'))
    .description('copy the database to one file, also while the broker runs')
    .option('--overwrite', 'replace the file when it is there already')
    .action(async (file: string, options: FolderOptions & { overwrite?: boolean }) => {
      const { backUpFolder } = await import('../app/copy-database.ts')
      const target = resolve(file)
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      const { bytes, tasks } = await backUpFolder({
        dataFolder: dataFolderOf(options),
        target,
        overwrite: options.overwrite === true,
        onProgress: (fraction) => {
          if (terminal.isInteractive) terminal.note(`\r${Math.floor(fraction * 100)} % `)
        },
        signal: stop.signal,
      })
      if (terminal.isInteractive) terminal.note('\r')
      terminal.out(
        options.json
          ? jsonLine({ file: target, bytes, tasks })
          : `${target}: ${tasks} tasks, ${bytes} bytes, checked\n`,
      )
    })

  addFolderOptions(program.command('restore <file>'))
    .description('put a backup in the place of the database, which is kept; the broker must be stopped')
    .option('--yes', 'do not ask')
    .action(async (file: string, options: FolderOptions & { yes?: boolean }) => {
      const dataFolder = dataFolderOf(options)
      const source = resolve(file)
      await confirm(
        terminal,
        `This puts ${source} in the place of the database in ${dataFolder}. That one is kept beside it, under another name.`,
        options.yes === true,
      )
      const { restoreFolder } = await import('../app/copy-database.ts')
      const { tasks, movedTo } = await restoreFolder(dataFolder, source)
      const kept = movedTo === null ? '' : `what was there before is now ${movedTo}\n`
      terminal.out(
        options.json ? jsonLine({ dataFolder, tasks, movedTo }) : `restored, with ${tasks} tasks\n${kept}`,
      )
    })
}

const dataFolderOf = ({ data }: FolderOptions) => resolve(chooseFolders({ data }).dataFolder)

function addFolderOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'the data folder that is meant')
    .option('--json', 'answer with JSON, for scripts')
}
