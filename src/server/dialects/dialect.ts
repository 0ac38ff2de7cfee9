import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Broker } from '../../shared/domain/broker.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { DescribedDialect, DialectDescription } from '../http/docs/description.ts'
import { addErrorShape, type ErrorShape } from '../http/error-shapes.ts'

/** What every dialect is given; nothing in it belongs to one of them. */
export interface DialectDependencies {
  readonly broker: Broker
  readonly clock: Clock
  /** Of the product, as in package.json. */
  readonly version: string
  /** What one address may ask of a dialect that documents such a limit; 0 is no limit. */
  readonly requestsPerMinute: number
}

/** One wire format: its routes as data, and how to serve them. */
export interface Dialect extends DescribedDialect {
  readonly name: string
  /** `METHOD /path/:parameter`, as documented. */
  readonly operations: readonly string[]
  /** Those of them that it answers together with other dialects of its port which share them too. */
  readonly sharedOperations?: readonly string[]
  /**
   * What `/docs` and `/redoc` say of it. A dialect joins them by a `describe.ts` beside its `serve.ts`: one
   * `DialectDescription<ItsOperation>` made of the schemas that `wire.ts` has anyway (those its routes read
   * requests with, and one for each answer, which types what the mapping makes). See turbine's.
   */
  readonly description?: DialectDescription | undefined
  serve(app: FastifyInstance, dependencies: DialectDependencies): void
}

/** What runs for one operation: answers the body, or the reply when it has sent that itself. */
export type OperationHandler = (request: FastifyRequest, reply: FastifyReply) => unknown

/** A handler for each operation of a dialect: one that is missing does not compile. */
export type OperationHandlers<Operation extends string> = Readonly<Record<Operation, OperationHandler>>

/** Mounts the operations and makes `shape` answer for everything else below its prefixes. */
export function serveOperations<Operation extends string>(
  app: FastifyInstance,
  shape: ErrorShape,
  handlers: OperationHandlers<Operation>,
): void {
  addErrorShape(app, shape)
  for (const [operation, handler] of Object.entries<OperationHandler>(handlers)) {
    const [method, url] = operation.split(' ') as [string, string]
    app.route({ method, url, handler })
  }
}

/** A parameter of the path, decoded. */
export function pathParameter(request: FastifyRequest, name: string): string {
  // The router fills in every parameter that the route's address names.
  return (request.params as Record<string, string>)[name]!
}
