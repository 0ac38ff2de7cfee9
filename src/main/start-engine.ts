import { shell } from 'electron'
import path from 'node:path'
import type { Logger } from 'pino'
import { builtEntries } from '../server/app/entries.ts'
import type { Folders } from '../server/app/folders.ts'
import { DEFAULT_LISTEN, parseListen } from '../server/app/parse-listen.ts'
import { programLogger } from '../server/app/program-logger.ts'
import { settleFolders } from '../server/app/settle-folders.ts'
import { startApp, type App } from '../server/app/start-app.ts'
import type { OnWait, StartNotice } from '../server/app/start-notice.ts'
import type { MoveOutcome } from '../shared/domain/data-move.ts'
import { BrokerError } from '../shared/domain/errors.ts'
import { unpackedPath } from './packaged/unpacked-path.ts'
import { openSafeVault } from './open-safe-vault.ts'
import { startUtilityExecutor } from './start-utility-executor.ts'

interface EngineOptions {
  readonly folders: Folders
  /** As the command line has them; null is the usual ones. */
  readonly listeners: readonly string[] | null
  /** Folder of the build. */
  readonly outFolder: string
  readonly onNotice: (notice: StartNotice) => void
  readonly onWait: OnWait
  /** The program again, once it has stopped in order. */
  restart(): void
}

/** The engine, the log that it writes to, and where its data are. */
export interface DesktopEngine extends App {
  readonly logger: Logger
  readonly dataFolder: string
  /** What came of moving them before this start; null when that was not asked for. */
  readonly moved: MoveOutcome | null
}

/**
 * The broker and its faces, in this process, on the given folders. A busy port
 * moves to the next one: the window shows which, and whoever double-clicks has nothing to put right.
 * @throws Error whose message says what is wrong, as a data folder in use.
 */
export async function startEngine(options: EngineOptions): Promise<DesktopEngine> {
  const { listeners, outFolder, onNotice, onWait, restart } = options
  const entries = builtEntries(unpackedPath(path.join(outFolder, 'server')))
  const { folders, moved, notices } = await settleFolders({
    chosen: options.folders,
    threadFile: entries.storeThread,
    onWait,
  })
  const logger = programLogger(folders.dataFolder)
  const started = await startApp({
    ...folders,
    listeners: (listeners ?? DEFAULT_LISTEN).map(parseListen),
    onBusyPort: 'move',
    apiKey: process.env['PENSTOCK_API_KEY'] || null,
    corsOrigins: [],
    windowFolder: path.join(outFolder, 'renderer'),
    startExecutor: startUtilityExecutor,
    entries,
    notices,
    onNotice,
    onWait,
    logger,
    openFolder,
    keyVault: openSafeVault(folders.dataFolder),
    restart,
  })
  return { ...started, logger, dataFolder: folders.dataFolder, moved }
}

async function openFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(folder)
  if (problem !== '') throw new BrokerError('SERVICE_UNAVAILABLE', problem, { component: 'file manager' })
}
