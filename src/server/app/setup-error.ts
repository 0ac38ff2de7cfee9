/** Something a person has to put right before Penstock can start. The message is one clear line. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SetupError'
  }
}

const STORE_ERRORS = new Set([
  'FolderInUseError',
  'DamagedDatabaseError',
  'UnusableDatabaseError',
  'NewerDatabaseError',
  'ForeignDatabaseError',
])

/** Whether the message alone tells a person what to do; anything else is a bug, and wants its stack. */
export function isForPeople(error: unknown): error is Error {
  return error instanceof SetupError || (error instanceof Error && STORE_ERRORS.has(error.name))
}
