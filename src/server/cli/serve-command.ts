import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { builtEntries } from '../app/entries.ts'
import { chooseFolders } from '../app/folders.ts'
import { DEFAULT_LISTEN, parseListen } from '../app/parse-listen.ts'
import { parsePools } from '../app/parse-pool.ts'
import { programLogger } from '../app/program-logger.ts'
import { settleFolders } from '../app/settle-folders.ts'
import { SetupError } from '../app/setup-error.ts'
import { startApp } from '../app/start-app.ts'
import { ATTACHABLE_NAMES } from '../../shared/domain/connection.ts'
import { releaseStartMemory } from '../local/release-start-memory.ts'
import { forkExecutor } from '../local/executor/fork-executor.ts'
import { LOG_FILE_LEVELS } from '../logs/create-logger.ts'
import { serveGateway } from './serve-gateway.ts'
import { ownKeyOf, type ServeOptions, stopWhenAsked, tellReady } from './serving.ts'
import { wholeNumber } from './task-options.ts'

async function serve(
  options: ServeOptions,
  serverFolder: string,
  onBusyPort: 'refuse' | 'move',
): Promise<void> {
  if (options.broker !== undefined) {
    await serveGateway(options, options.broker, serverFolder)
    return
  }
  const entries = builtEntries(serverFolder)
  const chosen = chooseFolders({
    data: options.data === undefined ? undefined : resolve(options.data),
    tasks: options.tasks === undefined ? undefined : resolve(options.tasks),
  })
  const tell = (message: string) => void process.stderr.write(`${message}\n`)
  const { folders, notices } = await settleFolders({ chosen, threadFile: entries.storeThread, onWait: tell })
  const { dataFolder, tasksFolder } = folders
  const logger = programLogger(dataFolder, options.logFiles)
  const apiKey = ownKeyOf(options)
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
    entries,
    logger,
    notices,
    onNotice: ({ message }) => tell(message),
    onWait: tell,
    openFolder: null,
  })
  stopWhenAsked(starting)
  const app = await starting
  releaseStartMemory()
  tellReady(app.listeners)
  for (const [index, { port }] of listeners.entries()) {
    const { address } = app.listeners[index]!
    if (port !== 0 && Number(new URL(address).port) !== port)
      tell(`port ${port} is in use by another program; what was to be there is at ${address}/`)
  }
  tell(`data in ${dataFolder}, tasks in ${tasksFolder}`)
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
      '--broker <address>',
      'instead of a broker here, serve one elsewhere: a connection by name, or an address',
    )
    .addOption(
      new Option('--speaks <format>', 'what that one speaks; left out, it is asked').choices(
        ATTACHABLE_NAMES,
      ),
    )
    .option(
      '--rate-limit <requests>',
      'requests a minute that one address may make of the dialect dtqs, 0 for any number (default: 1000)',
      wholeNumber(0, 1_000_000_000),
    )
    .addOption(
      new Option(
        '--log-files <level>',
        'from which level on the files in the data folder log, or off (default: info)',
      ).choices(LOG_FILE_LEVELS),
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
