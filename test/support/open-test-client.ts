import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { pino } from 'pino'
import { programVersions } from '../../src/server/app/program-versions.ts'
import { systemClock } from '../../src/server/clock.ts'
import { createHttpServer } from '../../src/server/http/create-http-server.ts'
import { createRouter } from '../../src/server/rpc/create-router.ts'
import { createSampleLoad } from '../../src/server/rpc/sample-load.ts'
import { serveRpcOverHttp } from '../../src/server/rpc/serve-rpc-over-http.ts'
import { systemTimers } from '../../src/server/rpc/timers.ts'
import type { Contract, SystemStatus } from '../../src/shared/contract/contract.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { openTestBroker } from './open-test-broker.ts'

/** The window's client, over HTTP on a real local broker. */
export interface TestClient extends AsyncDisposable {
  readonly client: ContractRouterClient<Contract>
  readonly broker: Broker
  /** As `http://127.0.0.1:12345`. */
  readonly address: string
}

export async function openTestClient(options: Parameters<typeof openTestBroker>[0]): Promise<TestClient> {
  const logger = pino({ level: 'silent' })
  const opened = await openTestBroker(options)
  const { broker } = opened
  const sampleLoad = createSampleLoad({ broker, timers: systemTimers, random: Math.random, logger })
  const app = createHttpServer({ logger, gate: { apiKey: null, corsOrigins: [] } })
  const router = createRouter({
    broker,
    status: () => ({ version: '0.0.0' }) as SystemStatus,
    about: async () => programVersions(null),
    openFolder: null,
    sampleLoad,
    connections: null,
    clock: systemClock,
    timers: systemTimers,
    logger,
  })
  serveRpcOverHttp(app, router)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    client: createORPCClient(new RPCLink({ url: `${address}/rpc` })),
    broker,
    address,
    [Symbol.asyncDispose]: async () => {
      await sampleLoad.stop()
      await app.close()
      await opened[Symbol.asyncDispose]()
    },
  }
}
