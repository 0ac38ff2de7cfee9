import { implement, ORPCError } from '@orpc/server'
import type { ResponseHeadersPluginContext } from '@orpc/server/plugins'
import { contract, ORIGIN_HEADER } from '../../shared/contract/contract.ts'
import type { Broker } from '../../shared/domain/broker.ts'
import type { AnswerOrigin } from '../../shared/domain/resilience.ts'
import { toRpcError } from './to-rpc-error.ts'

/** Where bugs are told. */
export interface ProblemLog {
  error(fields: object, message: string): void
}

/**
 * What a failure becomes on its way to the window. Refusals cross as `REFUSED`; a bug is logged here,
 * once, and crosses as an internal error without its message or stack.
 */
export function createToCrossing(logger: ProblemLog) {
  return (error: unknown, path: readonly string[]) => {
    const known = toRpcError(error)
    if (known !== null) return known
    logger.error({ err: error, procedure: path.join('.') }, 'a call from the window failed')
    return new ORPCError('INTERNAL_SERVER_ERROR', {
      message: 'Something failed inside Penstock. Its log says what.',
    })
  }
}

export type ToCrossing = ReturnType<typeof createToCrossing>

/** Over HTTP an answer may have headers of its own; over a port there are none. */
export interface CallContext extends ResponseHeadersPluginContext {
  /** Whether whoever asks sits at the machine that the broker runs on. */
  readonly isHere?: boolean | undefined
}

const LIVE: AnswerOrigin = { kind: 'live' }

/** Numbers and streams have no origin of their own. */
const isAnswer = (output: unknown): output is object =>
  typeof output === 'object' && output !== null && !(Symbol.asyncIterator in output)

/** The contract with nothing behind it yet; every call's input is checked, and its failure made fit to cross. */
export function implementContract(toCrossing: ToCrossing, broker: Pick<Broker, 'originOf'>) {
  return implement(contract)
    .$context<CallContext>()
    .use(async ({ next, path, context }) => {
      try {
        const result = await next()
        const { output } = result
        const origin = isAnswer(output) ? broker.originOf(output) : LIVE
        if (origin.kind !== 'live') context.resHeaders?.set(ORIGIN_HEADER, JSON.stringify(origin))
        return result
      } catch (error) {
        throw toCrossing(error, path)
      }
    })
}

export type ImplementedContract = ReturnType<typeof implementContract>
