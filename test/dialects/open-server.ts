import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { systemClock } from '../../src/server/clock.ts'
import { asynq } from '../../src/server/dialects/asynq/serve.ts'
import type { Dialect } from '../../src/server/dialects/dialect.ts'
import { turbine } from '../../src/server/dialects/turbine/serve.ts'
import { createHttpServer } from '../../src/server/http/create-http-server.ts'
import { serveDocs } from '../../src/server/http/docs/serve-docs.ts'
import type { GateOptions } from '../../src/server/http/gate.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { openTestBroker, type TestBrokerOptions } from '../support/open-test-broker.ts'

export const VERSION = '9.8.7'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; undefined when it is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any
}

export interface CallOptions {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** A real broker behind a real server on a port of its own. */
export interface TestServer extends AsyncDisposable {
  readonly broker: Broker
  /** As `http://127.0.0.1:12345`. */
  readonly url: string
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, json?: unknown): Promise<Answer>
}

export interface TestServerOptions extends TestBrokerOptions {
  readonly dialects?: readonly Dialect[]
  readonly gate?: Partial<GateOptions>
  /** What stands between the dialects and the broker, to fail on command. */
  readonly around?: (broker: Broker) => Broker
  /** Of one address; 0, the default here, is no limit. */
  readonly requestsPerMinute?: number
}

export async function openServer(options: TestServerOptions = {}): Promise<TestServer> {
  const fixture = await openTestBroker(options)
  const broker = options.around?.(fixture.broker) ?? fixture.broker
  const server = await serveBroker(broker, options)
  return {
    ...server,
    broker: fixture.broker,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await fixture[Symbol.asyncDispose]()
    },
  }
}

/** The same over a broker of the caller's. */
export async function serveBroker(
  broker: Broker,
  {
    dialects = [turbine, asynq],
    gate,
    clock = systemClock,
    requestsPerMinute = 0,
  }: Pick<TestServerOptions, 'dialects' | 'gate' | 'clock' | 'requestsPerMinute'> = {},
): Promise<TestServer> {
  const app = createHttpServer({
    logger: pino({ level: 'silent' }),
    gate: { apiKey: null, corsOrigins: [], ...gate },
  })
  for (const dialect of dialects) dialect.serve(app, { broker, clock, version: VERSION, requestsPerMinute })
  serveDocs(app, { dialects, version: VERSION })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

  async function call(
    method: string,
    path: string,
    { json, raw, headers }: CallOptions = {},
  ): Promise<Answer> {
    const body = raw ?? (json === undefined ? null : JSON.stringify(json))
    const response = await fetch(`${url}${path}`, {
      method,
      body,
      headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parsed(text) }
  }

  return {
    broker,
    url,
    call,
    get: (path) => call('GET', path),
    post: (path, json) => call('POST', path, { json }),
    [Symbol.asyncDispose]: () => app.close(),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
