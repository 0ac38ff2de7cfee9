import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { systemClock } from '../../src/server/clock.ts'
import { asynq } from '../../src/server/dialects/asynq/serve.ts'
import type { Dialect } from '../../src/server/dialects/dialect.ts'
import { turbine } from '../../src/server/dialects/turbine/serve.ts'
import { createHttpServer } from '../../src/server/http/create-http-server.ts'
import { serveDocs } from '../../src/server/http/docs/serve-docs.ts'
import type { GateOptions } from '../../src/server/http/gate.ts'
import { serveWindow } from '../../src/server/http/serve-window.ts'
import { createRouter } from '../../src/server/rpc/create-router.ts'
import { serveRpcOverHttp } from '../../src/server/rpc/serve-rpc-over-http.ts'
import { systemTimers } from '../../src/server/rpc/timers.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { EVERYTHING } from '../../src/shared/domain/capabilities.ts'

export interface GatedServer extends AsyncDisposable {
  readonly app: FastifyInstance
  /** Every route there is, as `[method, address]` with something in place of each parameter. */
  readonly routes: readonly (readonly [method: string, address: string])[]
  /** What reached the broker, by the names of its methods. */
  readonly calls: string[]
}

/**
 * Everything that one listener serves, over a broker that only writes down that it was called. The
 * routes are asked of the server, so a new one is covered without being named here.
 */
export async function openGate(
  gate: Partial<GateOptions> = {},
  dialects: readonly Dialect[] = [turbine, asynq],
): Promise<GatedServer> {
  const calls: string[] = []
  const logger = pino({ level: 'silent' })
  const app = createHttpServer({ logger, gate: { apiKey: null, corsOrigins: [], ...gate } })
  const routes: [string, string][] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push([each, url.replaceAll(/:\w+|\*/g, 'abc-123')])
  })
  const broker = recordingBroker(calls)
  for (const dialect of dialects)
    dialect.serve(app, { broker, clock: systemClock, version: '0.0.0', requestsPerMinute: 0 })
  serveDocs(app, { dialects, version: '0.0.0' })
  const never = () => {
    throw new Error('not part of this')
  }
  const router = createRouter({
    broker,
    status: () => {
      calls.push('status')
      return never()
    },
    about: async () => {
      calls.push('about')
      return never()
    },
    openFolder: null,
    connections: null,
    sampleLoad: { run: never, status: never, clear: never, stop: never },
    clock: systemClock,
    timers: systemTimers,
    logger,
  })
  serveRpcOverHttp(app, router, () => router)
  serveWindow(app, { folder: null })
  await app.ready()
  return { app, routes, calls, [Symbol.asyncDispose]: () => app.close() }
}

function recordingBroker(calls: string[]): Broker {
  return new Proxy({} as Broker, {
    // What it is said to be able to do is no call.
    get: (_target, property) =>
      Object.hasOwn(EVERYTHING, property)
        ? EVERYTHING[property as keyof typeof EVERYTHING]
        : () => {
            calls.push(String(property))
            throw new Error('reached the broker')
          },
  })
}
