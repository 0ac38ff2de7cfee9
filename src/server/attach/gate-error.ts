import { AttachError } from './attach-error.ts'

/**
 * What an answer's status says of the way to the server, whatever its body: the key, the Host, a proxy whose
 * server is gone. Null for a status that the server's own format explains.
 * @param hasKey whether one was sent.
 */
export function gateErrorOf(status: number, shown: string, hasKey: boolean): AttachError | null {
  switch (status) {
    case 401:
      return new AttachError(
        'refused',
        hasKey
          ? `${shown} does not take this key; give the right one.`
          : `${shown} wants a key; give it one.`,
      )
    case 407:
      return new AttachError('refused', `A proxy before ${shown} wants a password of its own.`)
    case 421:
      return new AttachError(
        'refused',
        `${shown} does not answer to that name; use the address that it printed at its start.`,
      )
    case 502:
    case 504:
      return new AttachError('failing', `${shown} is a proxy, and the server behind it does not answer.`)
    default:
      return null
  }
}
