import { availableParallelism } from 'node:os'
import type { ListenerInfo, SystemStatus } from '../../shared/contract/contract.ts'
import type { Broker } from '../../shared/domain/broker.ts'
import type { LocalPool } from '../../shared/domain/worker-port.ts'
import { systemClock, systemDice } from '../clock.ts'
import type { KeyVault } from '../connections/key-vault.ts'
import { describeRestore, restoreAsAsked } from '../local/backups/asked-restore.ts'
import { createBackups, type LocalBackups } from '../local/backups/create-backups.ts'
import type { StartExecutor } from '../local/executor/executor-host.ts'
import type { EngineEntries } from '../local/engine-entries.ts'
import { openLocalBroker } from '../local/open-local-broker.ts'
import { runStoreJob } from '../local/store/run-store-job.ts'
import type { StoreJob } from '../local/store/store-job-protocol.ts'
import { createRouter, type RpcRouter } from '../rpc/create-router.ts'
import { createSampleLoad } from '../rpc/sample-load.ts'
import type { ConnectionRouter } from '../rpc/serve-rpc-over-http.ts'
import { systemTimers } from '../rpc/timers.ts'
import { collectDiagnostics } from './collect-diagnostics.ts'
import { forgetListeners, tellListeners } from './listeners-file.ts'
import { openConnections } from './open-connections.ts'
import { checkListeners, type FaceOptions, type Faces, openFaces } from './open-faces.ts'
import { prepareFolders } from './prepare-folders.ts'
import { programVersions } from './program-versions.ts'
import type { OnWait, StartNotice } from './start-notice.ts'
import { VERSION } from './version.ts'

export interface AppOptions extends FaceOptions {
  readonly dataFolder: string
  readonly tasksFolder: string
  /** Of the bundled pool; default one a core, at least 4, so that one stuck task holds up little. */
  readonly threads?: number | undefined
  /** Local workers, each with its own threads and queues; default one, for every queue, of {@link threads}. */
  readonly pools?: readonly LocalPool[] | undefined
  readonly startExecutor: StartExecutor
  readonly entries: EngineEntries
  /** Opens a folder in the file manager; null where there is none. */
  readonly openFolder: ((path: string) => Promise<void>) | null
  /** Where the keys of connections are kept; by default a file of the data folder that only its owner may read. */
  readonly keyVault?: KeyVault | null | undefined
  /** What happened before, as a data folder that was moved. */
  readonly notices?: readonly StartNotice[] | undefined
  /**
   * Told at once what whoever starts it should read, {@link notices} first, then what happens meanwhile, as a
   * backup that is restored: it is done and is not said again, whether or not the start then goes well.
   */
  readonly onNotice: (notice: StartNotice) => void
  readonly onWait: OnWait
  /** Stops in order and starts again; null where nothing could start it. */
  readonly restart?: (() => void) | null | undefined
}

export interface App {
  readonly broker: Broker
  readonly router: RpcRouter
  /** The same calls, of a broker elsewhere that was added under that name; null when there is none. */
  readonly connectionRouter: ConnectionRouter
  readonly listeners: readonly ListenerInfo[]
  /** Of the local broker. */
  readonly backups: LocalBackups
  /** The computer has slept: looks at once for what came due meanwhile. */
  lookAgain(): void
  /** Pauses every queue, and those that begin until all are resumed; or resumes all. @returns how many changed */
  setAllPaused(isPaused: boolean): Promise<number>
  /** Faces first, then the broker: what was acknowledged is on disk, nothing is left running. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Puts Penstock together: the local broker, its faces, its listeners. Nothing else constructs.
 * @throws SetupError, UnusableFolderError, or the store's own errors for people; then nothing is left running.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { logger } = options
  const tell = (notice: StartNotice) => {
    logger.warn(notice.message)
    options.onNotice(notice)
  }
  options.notices?.forEach(tell)
  checkListeners(options)

  await prepareFolders(options)
  const threadFile = options.entries.storeThread
  const restored = await restoreAsAsked({
    dataFolder: options.dataFolder,
    threadFile,
    clock: systemClock,
    onWait: options.onWait,
  })
  if (restored !== null) {
    const tone = restored.kind === 'restored' ? 'success' : 'failure'
    tell({ tone, message: describeRestore(restored) })
  }
  const broker = await openLocalBroker({
    dataFolder: options.dataFolder,
    tasksFolder: options.tasksFolder,
    threads: options.threads ?? Math.max(4, availableParallelism()),
    pools: options.pools,
    clock: systemClock,
    startExecutor: options.startExecutor,
    entries: options.entries,
    onProblem: (message, error) => logger.warn({ err: error }, message),
    onSetAside(message) {
      logger.error(message)
      options.onNotice({ tone: 'failure', message })
    },
  })
  const sampleLoad = createSampleLoad({ broker, timers: systemTimers, random: systemDice, logger })
  const job = <Job extends StoreJob>(wanted: Job) =>
    runStoreJob({ threadFile, folder: options.dataFolder, clock: systemClock, job: wanted })
  const about = async () => programVersions(await job({ kind: 'sqlite-version' }))
  const connections = openConnections({
    dataFolder: options.dataFolder,
    keyVault: options.keyVault ?? null,
    about,
    logger,
  })
  const backups = createBackups({
    dataFolder: options.dataFolder,
    threadFile,
    clock: systemClock,
    restored,
    onProblem: (message, error) => logger.warn({ err: error }, message),
  })
  const listeners: ListenerInfo[] = []
  const status = (): SystemStatus => ({
    version: VERSION,
    brokerName: 'Local broker',
    capabilities: broker.capabilities,
    coverage: broker.coverage,
    listeners,
    dataFolder: options.dataFolder,
    tasksFolder: options.tasksFolder,
    canOpenFolders: options.openFolder !== null,
    isKeyRequired: options.apiKey !== null,
  })
  const diagnostics = () =>
    collectDiagnostics({
      now: systemClock.now(),
      dataFolder: options.dataFolder,
      tasksFolder: options.tasksFolder,
      measure: () => job({ kind: 'measure' }),
      running: {
        settings: describeSettings(options),
        listeners,
        health: () => broker.health(),
        overview: () => broker.overview(),
        handlers: () => broker.handlers(),
        connectionCount: async () => (await connections.book.list()).connections.length,
      },
    })
  const router = createRouter({
    broker,
    status,
    about,
    openFolder: options.openFolder,
    support: { backups, restart: options.restart ?? null, diagnostics },
    sampleLoad,
    connections: connections.book,
    clock: systemClock,
    timers: systemTimers,
    logger,
  })

  let faces: Faces | null = null
  let isStarted = false
  let stopped: Promise<void> | null = null
  async function stop(): Promise<void> {
    forgetListeners(options.dataFolder)
    await Promise.all([sampleLoad.stop(), backups.stop()])
    await connections[Symbol.asyncDispose]()
    await faces?.close()
    await broker[Symbol.asyncDispose]()
    if (isStarted) logger.info('stopped in order')
  }

  try {
    const behind = { broker, router, connectionRouter: connections.routerOf }
    faces = await openFaces(options, behind, (listener) => listeners.push(listener))
  } catch (error) {
    await stop()
    throw error
  }
  tellListeners(options.dataFolder, listeners)
  isStarted = true
  logger.info({ version: VERSION, node: process.version, listeners }, 'started')
  return {
    broker,
    router,
    connectionRouter: connections.routerOf,
    listeners,
    backups,
    lookAgain: broker.lookAgain,
    setAllPaused: broker.setAllPaused,
    stop: () => (stopped ??= stop()),
  }
}

/** What was chosen at the start, without any secret. */
function describeSettings({ apiKey, corsOrigins, threads, pools, requestsPerMinute, logger }: AppOptions) {
  return {
    'needs a key': apiKey !== null,
    'origins beyond this machine': corsOrigins.length,
    threads: threads ?? 'default',
    pools: pools?.length ?? 1,
    'requests a minute': requestsPerMinute ?? 'default',
    'log level': logger.level,
  }
}
