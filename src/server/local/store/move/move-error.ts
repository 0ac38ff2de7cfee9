import { describeSystemError } from '../describe-system-error.ts'

/** A data folder that cannot be moved, or found where it was moved to. The message is for people, and says what to do. */
export class MoveError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MoveError'
  }
}

/** What the system said about a place, with what can be done about it. Anything else is a bug, and stays as it is. */
export function toMoveError(error: unknown, place: string): unknown {
  const told = error instanceof MoveError ? null : describeSystemError(error, place)
  return told === null ? error : new MoveError(told, { cause: error })
}
