import type { Command } from 'commander'
import { resolve } from 'node:path'
import { chooseFolders } from '../app/folders.ts'
import { safeText } from './safe-text.ts'
import type { Terminal } from './terminal.ts'

/** `diagnostics`: from the files of a data folder, so also when the broker does not start. */
export function addDiagnosticsCommand(program: Command, terminal: Terminal): void {
  program
    .command('diagnostics')
    .description('tell what helps to find out what is wrong: versions, sizes, warnings; nothing of any task')
    .option('--data <folder>', 'the data folder that is meant')
    .action(async ({ data }: { data?: string }) => {
      const { diagnoseFolder } = await import('../app/diagnose-folder.ts')
      const { dataFolder, tasksFolder } = chooseFolders({ data })
      const text = await diagnoseFolder(resolve(dataFolder), resolve(tasksFolder))
      terminal.out(
        `${text
          .split('\n')
          .map((line) => safeText(line, 1000))
          .join('\n')}\n`,
      )
    })
}
