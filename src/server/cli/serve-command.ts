import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { pino } from 'pino'
import { builtEntries } from '../app/entries.ts'
import { chooseFolders } from '../app/folders.ts'
import { DEFAULT_LISTEN, parseListen } from '../app/parse-listen.ts'
import { parsePools } from '../app/parse-pool.ts'
import { SetupError } from '../app/setup-error.ts'
import { type App, startApp } from '../app/start-app.ts'
import { VERSION } from '../app/version.ts'
import { releaseStartMemory } from '../local/release-start-memory.ts'
import { forkExecutor } from '../local/executor/fork-executor.ts'
import { wholeNumber } from './task-options.ts'

/** An orderly stop that takes longer than this is cut off: whoever asked is waiting. */
const STOP_LIMIT_MS = 4500

interface ServeOptions {
  readonly data?: string
  readonly tasks?: string
  readonly listen: readonly string[]
  readonly apiKey?: string
  readonly cors: readonly string[]
  readonly threads?: number
  readonly pool: readonly string[]
  readonly rateLimit?: number
}

async function serve(
  options: ServeOptions,
  serverFolder: string,
  onBusyPort: 'refuse' | 'move',
): Promise<void> {
  const logger = pino({ base: null, level: process.env['PENSTOCK_LOG_LEVEL'] ?? 'info' }, pino.destination(2))
  const { dataFolder, tasksFolder } = chooseFolders({
    data: options.data === undefined ? undefined : resolve(options.data),
    tasks: options.tasks === undefined ? undefined : resolve(options.tasks),
  })
  const apiKey = options.apiKey ?? process.env['PENSTOCK_API_KEY'] ?? null
  if (apiKey === '')
    throw new SetupError(
      'The key is empty; set PENSTOCK_API_KEY (or --api-key) to a secret, or leave it out.',
    )
  const pools = parsePools(options.pool)
  if (pools !== undefined && options.threads !== undefined)
    throw new SetupError('Give either --threads, for one pool, or --pool with the threads of each.')
  const listeners = options.listen.map(parseListen)
  const starting = startApp({
    dataFolder,
    tasksFolder,
    listeners,
    onBusyPort,
    apiKey,
    corsOrigins: options.cors,
    requestsPerMinute: options.rateLimit,
    windowFolder: join(serverFolder, '..', 'renderer'),
    threads: options.threads,
    pools,
    startExecutor: forkExecutor,
    entries: builtEntries(serverFolder),
    logger,
    openFolder: null,
  })
  stopWhenAsked(starting)
  const app = await starting
  releaseStartMemory()
  for (const { address, dialects } of app.listeners)
    process.stdout.write(`Penstock ${VERSION} listening on ${address}/ (${dialects.join(', ')})\n`)
  for (const [index, { port }] of listeners.entries()) {
    const { address } = app.listeners[index]!
    if (port !== 0 && Number(new URL(address).port) !== port)
      process.stderr.write(
        `port ${port} is in use by another program; what was to be there is at ${address}/\n`,
      )
  }
  for (const notice of app.notices) process.stderr.write(`${notice}\n`)
  process.stderr.write(`data in ${dataFolder}, tasks in ${tasksFolder}\n`)
}

/** The first SIGINT, SIGTERM or loss of whoever started us stops in order; the second one at once. */
function stopWhenAsked(starting: Promise<App>): void {
  let isAsked = false
  function stop(): void {
    if (isAsked) process.exit(130)
    isAsked = true
    setTimeout(() => {
      process.stderr.write('Penstock did not stop in time and is cut off; what was acknowledged is safe.\n')
      process.exit(1)
    }, STOP_LIMIT_MS).unref()
    starting
      .then((app) => app.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  process.on('disconnect', stop)
}

function addServeOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'where the database is kept')
    .option('--tasks <folder>', 'where your task files are')
    .option('--listen <port=dialects...>', 'what to listen on, as 8080=turbine,asynq', [...DEFAULT_LISTEN])
    .option('--api-key <key>', 'ask every caller for this key (better: PENSTOCK_API_KEY)')
    .option(
      '--cors <origins...>',
      "pages that may use the API, as https://example.org, or '*' for every page",
      [],
    )
    .option('--threads <count>', 'how many tasks run at once', wholeNumber(1, 1024))
    .option('--pool <name=threads:queues...>', 'a worker with its own threads, as mail=4:mail,newsletter', [])
    .option(
      '--rate-limit <requests>',
      'requests a minute that one address may make of the dialect dtqs, 0 for any number (default: 1000)',
      wholeNumber(0, 1_000_000_000),
    )
}

/**
 * `serve`, and `start`, for somebody who sits before it: a port that nobody asked for by number and that
 * is taken makes way for the next free one.
 */
export function addServeCommand(program: Command, serverFolder: string): void {
  addServeOptions(program.command('serve').description('run the broker in the foreground')).action(
    (options: ServeOptions) => serve(options, serverFolder, 'refuse'),
  )
  addServeOptions(program.command('start', { hidden: true })).action(
    (options: ServeOptions, command: Command) =>
      serve(options, serverFolder, command.getOptionValueSource('listen') === 'default' ? 'move' : 'refuse'),
  )
}
