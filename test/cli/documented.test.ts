import { expect, it } from 'vitest'
import { listCommands } from '../../src/server/cli/completion.ts'
import { createProgram } from '../../src/server/cli/create-program.ts'
import { EXIT } from '../../src/server/cli/exit-codes.ts'
import { systemTerminal } from '../../src/server/cli/terminal.ts'
import { expectSameNames } from '../docs/expect-same-names.ts'
import { readCode, readPage, readSection, readTable } from '../docs/read-markdown.ts'

const PAGE = readPage('docs/cli.md')
const SHARED = new Set(['--broker', '--speaks', '--data', '--json', '--help'])
const isOwn = (option: string) => !SHARED.has(option)
const COMMANDS = listCommands(createProgram(systemTerminal, '')).filter(({ name }) => name !== 'connections')

it('the page of the command line lists every command with its options, and no other', () => {
  const rows = readTable(readSection(PAGE, 'Commands'))
  const optionsOf = new Map(
    rows.map((row) => [
      readCode(row['command']!)[0]!.replace(/ [<[].*/, ''),
      readCode(row['options of its own']!),
    ]),
  )
  expectSameNames(
    [...optionsOf.keys()],
    COMMANDS.map(({ name }) => name),
  )
  for (const { name, options } of COMMANDS.filter((command) => command.name !== 'serve'))
    expect(optionsOf.get(name)!.filter(isOwn).toSorted(), name).toEqual(options.filter(isOwn).toSorted())
})

it('and every exit code', () => {
  const codes = readTable(readSection(PAGE, 'How it ends')).map((row) => Number(row['code']))
  expect(codes).toEqual(Object.values(EXIT))
})
