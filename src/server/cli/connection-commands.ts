import { type Command, Option } from 'commander'
import { formatRemoteAddress, parseRemoteAddress } from '../attach/remote-address.ts'
import { isAttachError } from '../attach/attach-error.ts'
import {
  type AttachableName,
  ATTACHABLE_NAMES,
  type Connection,
  CONNECTION_COLOURS,
} from '../../shared/domain/connection.ts'
import { recogniseServer } from '../app/open-attached.ts'
import { systemTime } from '../clock.ts'
import { CommandError, EXIT, exitCodeOf } from './exit-codes.ts'
import { renderTable } from './render-table.ts'
import { connectionsOf, openSession } from './session.ts'
import { jsonLine } from './task-commands.ts'
import { confirm, type Terminal } from './terminal.ts'

interface AddOptions {
  readonly data?: string
  readonly colour: Connection['colour']
  readonly readOnly?: boolean
  readonly keyFromEnv?: string
  readonly speaks?: AttachableName
}

/** `connections`, with `list`, `add`, `remove` and `test`. */
export function addConnectionCommands(program: Command, terminal: Terminal): void {
  const connections = program.command('connections').description('brokers elsewhere that you have added')
  const sub = (words: string, description: string) =>
    connections
      .command(words)
      .description(description)
      .option('--data <folder>', 'the data folder they are kept in')

  const list = sub('list', 'list them').option('--json', 'answer with JSON, for scripts')
  list.action((options: { data?: string; json?: boolean }) => {
    const all = connectionsOf(options).list()
    const rows = all.map(({ name, address, colour, isReadOnly }) => [
      name,
      address,
      colour,
      isReadOnly ? 'read-only' : '',
    ])
    terminal.out(
      options.json ? all.map(jsonLine).join('') : `${renderTable(['NAME', 'ADDRESS', 'COLOUR', ''], rows)}\n`,
    )
  })

  sub('add <name> <address>', 'add one, or change it')
    .addOption(
      new Option('--colour <colour>', 'shown beside its name').choices(CONNECTION_COLOURS).default('grey'),
    )
    .addOption(
      new Option('--speaks <format>', 'what it speaks; left out, it is asked').choices(ATTACHABLE_NAMES),
    )
    .option('--read-only', 'refuse every command that would change something there')
    .option('--key-from-env <variable>', 'the environment variable that holds its key')
    .action(async (name: string, address: string, options: AddOptions) => {
      if (!/^[A-Za-z0-9_-][A-Za-z0-9_-]{0,63}$/.test(name) || name === 'localhost')
        throw new CommandError('A name has 1 to 64 letters, digits, - or _.')
      const key = options.keyFromEnv === undefined ? null : (process.env[options.keyFromEnv] ?? '')
      if (key === '')
        throw new CommandError(`The environment variable ${options.keyFromEnv} is empty; put the key there.`)
      const shown = formatRemoteAddress(parseRemoteAddress(address))
      const dialect = options.speaks ?? (await recognise(shown, key))
      terminal.note(
        `${shown} ${dialect === 'contract' ? 'is a Penstock' : `is attached to as ${dialect}`}.\n`,
      )
      connectionsOf(options).add(
        {
          name,
          address: shown,
          dialect,
          colour: options.colour,
          isReadOnly: options.readOnly === true,
        },
        key,
      )
    })

  sub('remove <name>', 'forget one, with its key')
    .option('--yes', 'do not ask')
    .action(async (name: string, options: { data?: string; yes?: boolean }) => {
      await confirm(terminal, `This forgets the connection '${name}' and its key.`, options.yes === true)
      if (!connectionsOf(options).remove(name))
        throw new CommandError(`There is no connection '${name}'.`, EXIT.notFound)
    })

  sub('test <name>', 'ask whether it answers, and what it is').action(
    async (name: string, options: { data?: string }) => {
      const startedAt = performance.now()
      await using session = await openSession({ ...options, broker: name }, { isChange: false })
      const { status } = await session.broker.health()
      const tookMs = Math.round(performance.now() - startedAt)
      const { serverVersion } = session.broker
      const what = session.speaks === 'contract' ? 'Penstock' : session.speaks
      terminal.out(
        `${[what, serverVersion].filter(Boolean).join(' ')}, ${status}, answered within ${tookMs} ms\n`,
      )
    },
  )
}

async function recognise(address: string, apiKey: string | null): Promise<AttachableName> {
  try {
    const spoken = await recogniseServer({ address, apiKey, ...systemTime })
    return spoken[0]!
  } catch (error) {
    if (!isAttachError(error)) throw error
    throw new CommandError(
      `${error.message} To add it all the same, say what it speaks with --speaks.`,
      exitCodeOf(error) ?? EXIT.unreachable,
    )
  }
}
