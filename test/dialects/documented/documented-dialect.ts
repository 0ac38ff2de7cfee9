import type { Dialect } from '../../../src/server/dialects/dialect.ts'
import type { Broker } from '../../../src/shared/domain/broker.ts'
import type { CallOptions } from '../open-server.ts'

export type Request = readonly [path: string, options?: CallOptions]

interface Options<World> {
  readonly dialect: Dialect
  /** All that share its documented port, it among them. */
  readonly port: readonly Dialect[]
  readonly taskFiles: Readonly<Record<string, string>>
  /** Brings about what the document's examples show. */
  readonly build: (broker: Broker) => Promise<World>
  /** By operation, in an order in which deleting and purging come last. */
  readonly requests: Readonly<Record<string, (world: World) => Request>>
  /** Addresses of the operations that answer with a stream of events. */
  readonly streams?: Readonly<Record<string, (world: World) => string>>
  /** A request that provokes each documented refusal, by operation and code, or status where it has none. */
  readonly provocations: Readonly<Record<string, Request>>
  /** Errors that have a test of their own, as `GET /ready 503`. */
  readonly shownElsewhere?: readonly string[]
  /** Bodies without which a request would be refused before the broker is asked. */
  readonly bodies: Readonly<Record<string, unknown>>
  /** Fields of a body that may be of any type, whatever the document's example shows. */
  readonly takesAnyJson?: readonly string[]
  /** What an error looks like. */
  readonly errorBody: (code: string | null) => unknown
}

/** What the table tests need to know of one dialect. */
export interface DocumentedDialect extends Omit<Options<never>, 'build' | 'requests' | 'streams'> {
  /** Operations with a request, and with a stream. */
  readonly requestNames: readonly string[]
  readonly streamNames: readonly string[]
  open(broker: Broker): Promise<{
    request(name: string): Request
    stream(name: string): string
  }>
}

export function documentedDialect<World>(options: Options<World>): DocumentedDialect {
  const { build, requests, streams = {}, ...rest } = options
  return {
    ...rest,
    requestNames: Object.keys(requests),
    streamNames: Object.keys(streams),
    async open(broker) {
      const world = await build(broker)
      return { request: (name) => requests[name]!(world), stream: (name) => streams[name]!(world) }
    },
  }
}
