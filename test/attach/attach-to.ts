import type { RequestListener } from 'node:http'
import type { AttachOptions } from '../../src/server/attach/attach-options.ts'
import { systemTime } from '../../src/server/clock.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { listen } from './listen.ts'

export interface AttachedFixture extends AsyncDisposable {
  readonly broker: Broker
  /** Every request there was, as `GET /x`. */
  readonly requests: readonly string[]
  /** Every body that was sent, as it was sent. */
  readonly bodies: readonly string[]
}

/** A broker attached to a server that is there already. */
export const attachToAddress = (
  address: string,
  attach: (options: AttachOptions) => Promise<Broker>,
): Promise<Broker> => attach({ address, apiKey: null, ...systemTime })

/** A little server, and a broker attached to it. */
export async function attachTo(
  listener: RequestListener,
  attach: (options: AttachOptions) => Promise<Broker>,
): Promise<AttachedFixture> {
  const bodies: string[] = []
  const server = await listen((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      if (body !== '') bodies.push(body)
    })
    listener(request, response)
  })
  const broker = await attachToAddress(server.address, attach)
  return {
    broker,
    requests: server.requests,
    bodies,
    async [Symbol.asyncDispose]() {
      await broker[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
