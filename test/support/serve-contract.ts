import { pino } from 'pino'
import { programVersions } from '../../src/server/app/program-versions.ts'
import { VERSION } from '../../src/server/app/version.ts'
import { systemClock } from '../../src/server/clock.ts'
import { createHttpServer } from '../../src/server/http/create-http-server.ts'
import { createRouter } from '../../src/server/rpc/create-router.ts'
import { createSampleLoad } from '../../src/server/rpc/sample-load.ts'
import { serveRpcOverHttp } from '../../src/server/rpc/serve-rpc-over-http.ts'
import { systemTimers } from '../../src/server/rpc/timers.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'

export interface ServedContract extends AsyncDisposable {
  /** As `http://127.0.0.1:12345`. */
  readonly address: string
}

interface ServeContractOptions {
  readonly apiKey?: string | null
  readonly version?: string
  /** 0 lets the system choose. */
  readonly port?: number
}

/** The window's contract over HTTP, in front of any broker. */
export async function serveContract(
  broker: Broker,
  { apiKey = null, version = VERSION, port = 0 }: ServeContractOptions = {},
): Promise<ServedContract> {
  const logger = pino({ level: 'silent' })
  const sampleLoad = createSampleLoad({ broker, timers: systemTimers, random: Math.random, logger })
  const app = createHttpServer({ logger, gate: { apiKey, corsOrigins: [] } })
  const router = createRouter({
    broker,
    status: () => ({
      version,
      brokerName: 'Broker under test',
      capabilities: broker.capabilities,
      coverage: broker.coverage,
      listeners: [],
      dataFolder: '',
      tasksFolder: '',
      canOpenFolders: false,
      isKeyRequired: apiKey !== null,
    }),
    about: async () => programVersions(null),
    openFolder: null,
    sampleLoad,
    connections: null,
    clock: systemClock,
    timers: systemTimers,
    logger,
  })
  serveRpcOverHttp(app, router)
  const address = await app.listen({ port, host: '127.0.0.1' })
  return {
    address,
    async [Symbol.asyncDispose]() {
      await sampleLoad.stop()
      await app.close()
    },
  }
}
