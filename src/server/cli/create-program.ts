import { Argument, Command } from 'commander'
import { VERSION } from '../app/version.ts'
import { addBackupCommands } from './backup-commands.ts'
import { renderCompletion, type Shell, SHELLS } from './completion.ts'
import { addConnectionCommands } from './connection-commands.ts'
import { addDataCommands } from './data-commands.ts'
import { addDiagnosticsCommand } from './diagnostics-command.ts'
import { EXIT } from './exit-codes.ts'
import { addLicencesCommand } from './licences-command.ts'
import { addMoveCommand } from './move-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addTaskCommands } from './task-commands.ts'
import type { Terminal } from './terminal.ts'
import { addWatchCommands } from './watch-commands.ts'

/** Every command there is; docs/cli.md lists them. */
export function createProgram(terminal: Terminal, serverFolder: string): Command {
  const program = new Command('penstock').description('A durable local task broker.').version(VERSION)
  addServeCommand(program, serverFolder)
  // What commander itself refuses is use that was not understood; `serve` ends with 1 whatever it was.
  program.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage))
  addTaskCommands(program, terminal)
  addWatchCommands(program, terminal)
  addDataCommands(program, terminal)
  addBackupCommands(program, terminal)
  addMoveCommand(program, terminal)
  addDiagnosticsCommand(program, terminal)
  addLicencesCommand(program, terminal, serverFolder)
  addConnectionCommands(program, terminal)
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action((shell: Shell) => terminal.out(renderCompletion(program, shell)))
  return program
}
