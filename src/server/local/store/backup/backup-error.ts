import { describeSystemError } from '../describe-system-error.ts'

/** A backup or a restore that cannot be done as it was asked. The message is for people, and says what to do. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupError'
  }
}

/** What the system said about a place, with what can be done about it. Anything else is a bug, and stays as it is. */
export function toBackupError(error: unknown, place: string): unknown {
  const told = error instanceof BackupError ? null : describeSystemError(error, place)
  return told === null ? error : new BackupError(told, { cause: error })
}
