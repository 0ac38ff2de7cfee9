import { isBrokerError } from '../../shared/domain/errors.ts'
import { AttachError, isAttachError } from './attach-error.ts'
import type { RemoteHttp } from './remote-http.ts'

export interface Newcomer {
  readonly http: Pick<RemoteHttp, 'close'>
  /** As people write its address. */
  readonly shown: string
  /** What it should be, as `a server that speaks turbine`. */
  readonly kind: string
}

/**
 * What the first questions to a server are answered with. When they are not, the connection is closed. A
 * refusal in the words of the dialect says at this point that it is another server, or does not work.
 * @throws AttachError; whatever else is thrown is a bug.
 */
export async function firstAnswer<Value>(
  { http, shown, kind }: Newcomer,
  ask: () => Promise<Value>,
): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    http.close()
    if (isAttachError(error) || !isBrokerError(error)) throw error
    if (error.code === 'RATE_LIMITED')
      throw new AttachError('failing', `${shown} has been asked too much (429).`)
    if (error.code === 'INTERNAL_ERROR' || error.code === 'SERVICE_UNAVAILABLE')
      throw new AttachError('failing', `${shown} fails: ${error.message}`)
    throw new AttachError('wrong_server', `${shown} answers, but is not ${kind}.`)
  }
}
