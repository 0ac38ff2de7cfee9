import { implement, ORPCError } from '@orpc/server'
import type { Logger } from 'pino'
import { contract } from '../../shared/contract/contract.ts'
import { toRpcError } from './to-rpc-error.ts'

/**
 * What a failure becomes on its way to the window. Refusals cross as `REFUSED`; a bug is logged here,
 * once, and crosses as an internal error without its message or stack.
 */
export function createToCrossing(logger: Pick<Logger, 'error'>) {
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

/** The contract with nothing behind it yet; every call's input is checked, and its failure made fit to cross. */
export function implementContract(toCrossing: ToCrossing) {
  return implement(contract).use(async ({ next, path }) => {
    try {
      return await next()
    } catch (error) {
      throw toCrossing(error, path)
    }
  })
}

export type ImplementedContract = ReturnType<typeof implementContract>
