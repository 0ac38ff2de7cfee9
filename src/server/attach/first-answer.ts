import { isBrokerError } from '../../shared/domain/errors.ts'
import { AttachError, isAttachError } from './attach-error.ts'

/**
 * What the first question to a server is answered with. A refusal in the words of the dialect says at this
 * point that it is another server, or has no time.
 * @param kind as `a server that speaks turbine`.
 * @throws AttachError; whatever else is thrown is a bug.
 */
export async function firstAnswer<Value>(
  ask: () => Promise<Value>,
  { shown, kind }: { readonly shown: string; readonly kind: string },
): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    if (isAttachError(error) || !isBrokerError(error)) throw error
    if (error.code === 'RATE_LIMITED')
      throw new AttachError('failing', `${shown} has been asked too much (429).`)
    throw new AttachError('wrong_server', `${shown} answers, but is not ${kind}.`)
  }
}
