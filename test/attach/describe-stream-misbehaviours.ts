import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttachError, isAttachError } from '../../src/server/attach/attach-error.ts'
import type { AttachedBroker, AttachOptions } from '../../src/server/attach/attach-options.ts'
import { listen, type LittleServer } from './listen.ts'
import { attachImpatiently, impatientOptions, littleOptions } from './little-options.ts'
import { STREAM_MISBEHAVIOURS } from './stream-misbehaviours.ts'

interface StreamSuite {
  readonly name: string
  /** A server that answers everything else well. */
  readonly honest: () => RequestListener
  readonly attach: (options: AttachOptions) => Promise<AttachedBroker>
  /** Of its events. */
  readonly path: string
}

/** Whoever reads the events is told what is the matter: at once and for good, or that it is tried again. */
export function describeStreamMisbehaviours({ name, honest, attach, path }: StreamSuite): void {
  describe(`a stream of ${name}`, () => {
    let server: LittleServer
    beforeAll(async () => {
      server = await listen(honest())
    })
    afterAll(() => server[Symbol.asyncDispose]())

    it.each(Object.entries(STREAM_MISBEHAVIOURS))(
      'that %s is noticed, and everything else goes on',
      async (_name, { problem, answer, isEndless = false }) => {
        const listener = honest()
        server.use((request, response) =>
          request.url === path ? answer(response) : listener(request, response),
        )
        const lost = Promise.withResolvers<AttachError>()
        const optionsFor = isEndless ? impatientOptions : littleOptions
        await using broker = await attachImpatiently(attach, {
          ...optionsFor(server.address),
          onEvents: (state) => (state.kind === 'lost' ? lost.resolve(state.error) : undefined),
        })
        const subscription = broker.subscribe({})
        const end = subscription[Symbol.asyncIterator]()
          .next()
          .catch((error: unknown) => error)
        const error = await Promise.race([lost.promise, end])
        expect(isAttachError(error, problem), String(error)).toBe(true)
        // Whoever has no patience may have to ask more than once.
        await expect.poll(async () => (await broker.health()).status, { timeout: 20_000 }).toBe('healthy')
        subscription.close()
        await end
      },
    )
  })
}
