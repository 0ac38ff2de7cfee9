import type { SystemStatus, ListenerInfo } from '../../shared/contract/contract.ts'
import { reasonOf } from '../../shared/domain/capabilities.ts'
import type { AttachableName } from '../../shared/domain/connection.ts'
import { systemClock, systemTime } from '../clock.ts'
import { createRouter, type RpcRouter } from '../rpc/create-router.ts'
import { systemTimers } from '../rpc/timers.ts'
import { openAttached } from './open-attached.ts'
import { checkListeners, type FaceOptions, openFaces } from './open-faces.ts'
import { programVersions } from './program-versions.ts'
import { SetupError } from './setup-error.ts'
import { VERSION } from './version.ts'

export interface GatewayOptions extends FaceOptions {
  /** Of the server behind. */
  readonly address: string
  /** Of the server behind; the gateway's own is `apiKey`. */
  readonly remoteKey: string | null
  /** What the server behind speaks; null asks it. */
  readonly speaks: AttachableName | null
}

export interface Gateway {
  readonly speaks: AttachableName
  readonly listeners: readonly ListenerInfo[]
  /** Faces first, then the way to the server behind. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Serves dialects in front of a server elsewhere: what its format cannot do is refused with the reason.
 * Nothing is kept here.
 * @throws SetupError, or AttachError when the server behind cannot be attached to.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  checkListeners(options)
  const { broker, speaks } = await openAttached({
    address: options.address,
    apiKey: options.remoteKey,
    speaks: options.speaks,
    ...systemTime,
  })
  const numbers = reasonOf(broker.capabilities.taskNumbers)
  if (numbers !== null && options.listeners.some(({ dialects }) => dialects.includes('taskqueue'))) {
    await broker[Symbol.asyncDispose]()
    throw new SetupError(
      `The ids of taskqueue are whole numbers, and ${options.address} has none (it speaks ${speaks}); leave taskqueue out of --listen.`,
    )
  }
  const listeners: ListenerInfo[] = []
  const status = (): SystemStatus => ({
    version: VERSION,
    brokerName: `${options.address} (${speaks === 'contract' ? 'Penstock' : speaks})`,
    capabilities: broker.capabilities,
    coverage: broker.coverage,
    listeners,
    dataFolder: '',
    tasksFolder: '',
    canOpenFolders: false,
    isKeyRequired: options.apiKey !== null,
  })
  const router: RpcRouter = createRouter({
    broker,
    status,
    about: async () => programVersions(null),
    openFolder: null,
    sampleLoad: null,
    connections: null,
    clock: systemClock,
    timers: systemTimers,
    logger: options.logger,
  })
  try {
    const faces = await openFaces(options, { broker, router }, (listener) => listeners.push(listener))
    let stopped: Promise<void> | null = null
    const stop = async () => {
      await faces.close()
      await broker[Symbol.asyncDispose]()
    }
    return { speaks, listeners, stop: () => (stopped ??= stop()) }
  } catch (error) {
    await broker[Symbol.asyncDispose]()
    throw error
  }
}
