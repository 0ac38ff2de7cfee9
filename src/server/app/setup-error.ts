/** Something a person has to put right before Penstock can start. The message is one clear line. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SetupError'
  }
}

/** A folder that cannot be made or used. */
export class UnusableFolderError extends Error {
  readonly folder: 'data' | 'tasks'

  constructor(folder: 'data' | 'tasks', path: string, reason: string) {
    super(
      `The ${folder} folder ${path} cannot be used (${reason}). Put that right, or choose another one with --${folder}.`,
    )
    this.name = 'UnusableFolderError'
    this.folder = folder
  }
}

const STORE_ERRORS = new Set([
  'FolderInUseError',
  'DamagedDatabaseError',
  'UnusableDatabaseError',
  'NewerDatabaseError',
  'ForeignDatabaseError',
  'BackupError',
  'MoveError',
])

/** Whether the message alone tells a person what to do; anything else is a bug, and wants its stack. */
export function isForPeople(error: unknown): error is Error {
  if (error instanceof SetupError || error instanceof UnusableFolderError) return true
  return error instanceof Error && STORE_ERRORS.has(error.name)
}
