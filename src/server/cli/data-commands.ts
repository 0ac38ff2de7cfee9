import { type Command, Option } from 'commander'
import { once } from 'node:events'
import type { Task } from '../../shared/domain/task.ts'
import { csvLine } from '../../shared/domain/csv.ts'
import { CommandError, EXIT } from './exit-codes.ts'
import { type BrokerOptions, openSession } from './session.ts'
import { addBrokerOptions, addQueryOptions, type QueryOptions, toTaskQuery } from './task-options.ts'
import { jsonLine, toOutput } from './task-commands.ts'
import { confirm, type Terminal } from './terminal.ts'

const PAGE = 200
const COLUMNS = [
  'id',
  'number',
  'name',
  'queue',
  'state',
  'priority',
  'attempt',
  'maxRetries',
  'createdAt',
  'runAt',
  'startedAt',
  'finishedAt',
  'workerId',
  'errorType',
  'errorMessage',
  'args',
  'kwargs',
  'result',
] as const

interface PurgeOptions extends BrokerOptions {
  readonly deadLetters?: boolean
  readonly yes?: boolean
}

/** `purge` and `export`. */
export function addDataCommands(program: Command, terminal: Terminal): void {
  addBrokerOptions(program.command('purge <queue>'))
    .description('delete what waits in a queue, or its dead letters')
    .option('--dead-letters', 'its dead letters instead of what waits')
    .option('--yes', 'do not ask')
    .action(async (queue: string, options: PurgeOptions) => {
      await using session = await openSession(options, { isChange: true })
      const { counts, deadLetters } = await session.broker.getQueue(queue)
      const waiting = counts.scheduled + counts.pending + counts.retrying + counts.paused
      const what = options.deadLetters ? `${deadLetters} dead letters` : `${waiting} waiting tasks`
      await confirm(
        terminal,
        `This deletes the ${what} of the queue '${queue}' at ${session.name}, for good.`,
        options.yes === true,
      )
      const deleted = options.deadLetters
        ? await session.broker.purgeDeadLetters(queue, 'all')
        : await session.broker.purgeQueue(queue)
      terminal.out(options.json ? jsonLine({ queue, deleted }) : `${deleted} deleted\n`)
    })

  addQueryOptions(addBrokerOptions(program.command('export')))
    .description('write every task that matches, oldest first, to standard output')
    .addOption(
      new Option('--format <format>', 'one JSON object a line, or a table')
        .choices(['jsonl', 'csv'])
        .default('jsonl'),
    )
    .action(async (options: BrokerOptions & QueryOptions & { format: 'jsonl' | 'csv' }) => {
      await using session = await openSession(options, { isChange: false })
      const query = { ...toTaskQuery(options), order: 'oldest', limit: PAGE } as const
      const total = await session.broker.countTasks(query)
      if (options.format === 'csv') await write(csvLine(COLUMNS))
      let written = 0
      let cursor: string | undefined
      do {
        const page = await session.broker.listFullTasks({ ...query, cursor })
        if (page.next !== null && page.next === cursor)
          throw new CommandError('The broker answers the same page again and again.', EXIT.failed)
        for (const task of page.tasks)
          await write(options.format === 'csv' ? csvLine(toCells(task)) : jsonLine(toOutput(task)))
        written += page.tasks.length
        cursor = page.next ?? undefined
        if (total > PAGE)
          terminal.note(
            `${written} of ${total}${terminal.isInteractive && cursor !== undefined ? '\r' : '\n'}`,
          )
      } while (cursor !== undefined)
    })
}

/** Waits for a slow reader, so that no more than a page is held for it. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function toCells(task: Task) {
  return [
    task.id,
    task.number,
    task.name,
    task.queue,
    task.state,
    task.priority,
    task.attempt,
    task.maxRetries,
    iso(task.createdAt),
    iso(task.runAt),
    iso(task.startedAt),
    iso(task.finishedAt),
    task.workerId,
    task.error?.type ?? null,
    task.error?.message ?? null,
    task.args,
    task.kwargs,
    task.result,
  ]
}
