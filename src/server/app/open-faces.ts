import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { ListenerInfo } from '../../shared/contract/contract.ts'
import type { Broker } from '../../shared/domain/broker.ts'
import { systemClock } from '../clock.ts'
import { createHttpServer } from '../http/create-http-server.ts'
import { serveDocs } from '../http/docs/serve-docs.ts'
import { serveWindow } from '../http/serve-window.ts'
import type { RpcRouter } from '../rpc/create-router.ts'
import { type ConnectionRouter, serveRpcOverHttp } from '../rpc/serve-rpc-over-http.ts'
import { chooseDialects } from './dialects.ts'
import { openListener } from './open-listener.ts'
import { isLoopback, type ListenerConfig } from './parse-listen.ts'
import { SetupError } from './setup-error.ts'
import { VERSION } from './version.ts'

const DEFAULT_REQUESTS_PER_MINUTE = 1000

export interface FaceOptions {
  /** The first one also serves the window and its contract. */
  readonly listeners: readonly ListenerConfig[]
  readonly onBusyPort: 'refuse' | 'move'
  /** With a key, everything over HTTP needs it. */
  readonly apiKey: string | null
  readonly corsOrigins: readonly string[]
  /** Of one address, for dialects that document such a limit; 0 is none. Default 1000, as documented. */
  readonly requestsPerMinute?: number | undefined
  /** The built window; null serves none. */
  readonly windowFolder: string | null
  readonly logger: Logger
}

export interface Faces {
  readonly listeners: readonly ListenerInfo[]
  close(): Promise<void>
}

/** @throws SetupError for listeners that cannot be, before anything is opened. */
export function checkListeners({ listeners, apiKey }: Pick<FaceOptions, 'listeners' | 'apiKey'>): void {
  for (const { host, dialects } of listeners) {
    chooseDialects(dialects)
    if (!isLoopback(host) && apiKey === null)
      throw new SetupError(
        `Listening on ${host} lets other machines run tasks here. Set PENSTOCK_API_KEY (or --api-key) to a secret first.`,
      )
  }
}

/**
 * Opens the listeners, each with its dialects in front of one broker.
 * @param onListening told of each as it opens.
 * @throws SetupError; then none is left open.
 */
export async function openFaces(
  options: FaceOptions,
  behind: {
    readonly broker: Broker
    readonly router: RpcRouter
    readonly connectionRouter?: ConnectionRouter
  },
  onListening: (listener: ListenerInfo) => void,
): Promise<Faces> {
  const { logger, requestsPerMinute = DEFAULT_REQUESTS_PER_MINUTE } = options
  const servers: FastifyInstance[] = []
  const listeners: ListenerInfo[] = []
  const close = async () => void (await Promise.all(servers.map((server) => server.close())))
  try {
    for (const [index, config] of options.listeners.entries()) {
      const hostNames = isLoopback(config.host) ? [] : [config.host]
      const gate = { apiKey: options.apiKey, corsOrigins: options.corsOrigins, hostNames }
      const server = createHttpServer({ logger, gate })
      servers.push(server)
      const dialects = chooseDialects(config.dialects)
      for (const dialect of dialects)
        dialect.serve(server, {
          broker: behind.broker,
          clock: systemClock,
          version: VERSION,
          requestsPerMinute,
        })
      serveDocs(server, { dialects, version: VERSION })
      if (index === 0) {
        serveRpcOverHttp(server, behind.router, behind.connectionRouter)
        serveWindow(server, { folder: options.windowFolder })
      }
      const listener = await openListener(server, config, {
        onBusyPort: options.onBusyPort,
        all: options.listeners,
      })
      listeners.push(listener)
      onListening(listener)
    }
  } catch (error) {
    await close()
    throw error
  }
  return { listeners, close }
}
