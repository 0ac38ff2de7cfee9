import type { Logger } from 'pino'
import type { ProgramVersions } from '../../shared/domain/program-versions.ts'
import type { SystemStatus } from '../../shared/contract/contract.ts'
import { systemClock, systemDice, systemTime } from '../clock.ts'
import { openConnectionShelf } from '../connections/connections-file.ts'
import { openPlainVault } from '../connections/key-file.ts'
import type { KeyVault } from '../connections/key-vault.ts'
import {
  type OpenConnection,
  type OpenConnectionBook,
  openConnectionBook,
} from '../connections/open-connection-book.ts'
import { createRouter, type RpcRouter } from '../rpc/create-router.ts'
import { systemTimers } from '../rpc/timers.ts'
import { openAttached } from './open-attached.ts'

export interface ConnectionsOptions {
  readonly dataFolder: string
  /** Null keeps keys in a file of the data folder. */
  readonly keyVault: KeyVault | null
  /** Of this program, through whichever connection it is asked. */
  readonly about: () => Promise<ProgramVersions>
  readonly logger: Pick<Logger, 'error'>
}

export interface Connections extends AsyncDisposable {
  readonly book: OpenConnectionBook
  /** The window's calls to one of them; null when there is none of that name. */
  routerOf(name: string): RpcRouter | null
}

/** The brokers elsewhere, each with the contract of the window in front of it. */
export function openConnections(options: ConnectionsOptions): Connections {
  const { dataFolder, keyVault } = options
  const book = openConnectionBook({
    shelf: openConnectionShelf(dataFolder),
    vault: keyVault ?? openPlainVault(dataFolder),
    attach: ({ dialect, onEventsLost, ...server }) =>
      openAttached({
        ...server,
        speaks: dialect,
        ...systemTime,
        onEvents: ({ kind }) => {
          if (kind === 'lost') onEventsLost()
        },
      }),
    clock: systemClock,
    timers: systemTimers,
    random: systemDice,
  })
  const routers = new WeakMap<OpenConnection, RpcRouter>()
  return {
    book,
    routerOf(name) {
      const connection = book.find(name)
      if (connection === null) return null
      const router = routers.get(connection) ?? createConnectionRouter(connection, options)
      routers.set(connection, router)
      return router
    },
    [Symbol.asyncDispose]: () => book[Symbol.asyncDispose](),
  }
}

function createConnectionRouter(
  connection: OpenConnection,
  { about, logger }: ConnectionsOptions,
): RpcRouter {
  return createRouter({
    broker: connection.broker,
    status: () => statusOf(connection),
    about,
    openFolder: null,
    sampleLoad: null,
    connections: null,
    clock: systemClock,
    timers: systemTimers,
    logger,
  })
}

/** What the server says of itself, and what may be done through this connection. Attaches first. */
async function statusOf({ settings, broker, attached }: OpenConnection): Promise<SystemStatus> {
  const { serverVersion } = await attached.broker()
  return {
    version: serverVersion ?? '',
    brokerName: settings.name,
    capabilities: broker.capabilities,
    coverage: broker.coverage,
    listeners: [{ address: settings.address, dialects: [settings.dialect] }],
    // Its folders are on another computer, where nobody can open them from here.
    dataFolder: '',
    tasksFolder: '',
    canOpenFolders: false,
    isKeyRequired: false,
  }
}
