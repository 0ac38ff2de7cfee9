import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Terminal } from './terminal.ts'

/** `licences`: what the build wrote of everything that is run or bundled. */
export function addLicencesCommand(program: Command, terminal: Terminal, serverFolder: string): void {
  program
    .command('licences')
    .description('print the licences of everything that Penstock is made of')
    .action(() => terminal.out(readFileSync(join(serverFolder, '..', 'renderer', 'licences.txt'), 'utf8')))
}
