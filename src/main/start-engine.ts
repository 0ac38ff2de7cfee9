import { app, shell } from 'electron'
import path from 'node:path'
import { pino } from 'pino'
import { builtEntries } from '../server/app/entries.ts'
import { DEFAULT_LISTEN, parseListen } from '../server/app/parse-listen.ts'
import { startApp, type App } from '../server/app/start-app.ts'
import { BrokerError } from '../shared/domain/errors.ts'
import type { CommandLine } from './command-line.ts'
import { startUtilityExecutor } from './start-utility-executor.ts'

interface EngineOptions {
  readonly commandLine: CommandLine
  /** Folder of the build. */
  readonly outFolder: string
}

/**
 * The broker and its faces, in this process, on this user's folders unless told otherwise. A busy port
 * moves to the next one: the window shows which, and whoever double-clicks has nothing to put right.
 * @throws Error whose message says what is wrong, as a data folder in use.
 */
export async function startEngine({ commandLine, outFolder }: EngineOptions): Promise<App> {
  const home = app.getPath('userData')
  return startApp({
    dataFolder: path.resolve(commandLine.dataFolder ?? path.join(home, 'data')),
    tasksFolder: path.resolve(commandLine.tasksFolder ?? path.join(commandLine.dataFolder ?? home, 'tasks')),
    listeners: (commandLine.listeners ?? DEFAULT_LISTEN).map(parseListen),
    onBusyPort: 'move',
    apiKey: process.env['PENSTOCK_API_KEY'] || null,
    corsOrigins: [],
    windowFolder: path.join(outFolder, 'renderer'),
    startExecutor: startUtilityExecutor,
    entries: builtEntries(path.join(outFolder, 'server')),
    logger: pino({ base: null, level: process.env['PENSTOCK_LOG_LEVEL'] ?? 'info' }, pino.destination(2)),
    openFolder,
  })
}

async function openFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(folder)
  if (problem !== '') throw new BrokerError('SERVICE_UNAVAILABLE', problem, { component: 'file manager' })
}
