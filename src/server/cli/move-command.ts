import type { Command } from 'commander'
import { resolve } from 'node:path'
import { chooseFolders } from '../app/folders.ts'
import { jsonLine } from './task-commands.ts'
import { confirm, type Terminal } from './terminal.ts'

interface MoveOptions {
  readonly data?: string
  readonly yes?: boolean
  readonly json?: boolean
}

/** `move-data`: the folder itself, so it is for the machine it is on. */
export function addMoveCommand(program: Command, terminal: Terminal): void {
  program
    .command('move-data <folder>')
    .description('move the data folder to another place, also another disk; the broker must be stopped')
    .option('--data <folder>', 'the data folder that is meant')
    .option('--yes', 'do not ask')
    .option('--json', 'answer with JSON, for scripts')
    .action(async (folder: string, options: MoveOptions) => {
      const from = resolve(chooseFolders({ data: options.data }).dataFolder)
      const target = resolve(folder)
      await confirm(
        terminal,
        `This moves everything in ${from} to ${target}. Penstock finds it there, also when it is told to use ${from}.`,
        options.yes === true,
      )
      const { moveDataFolder } = await import('../app/move-data-folder.ts')
      const { describeMove } = await import('../app/asked-move.ts')
      const moved = await moveDataFolder(from, target)
      terminal.out(options.json ? jsonLine(moved) : `${describeMove(moved)}\n`)
    })
}
