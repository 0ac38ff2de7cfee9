import { isForPeople } from '../../server/app/setup-error.ts'
import type { StartUpAction } from '../../shared/contract/bridge.ts'

/** What the page in the window's place says and offers. */
export interface StartFailure {
  readonly title: string
  /** What happened, and what to do about it. */
  readonly message: string
  /** For whoever looks into it: where in the program; null when the message says it all. */
  readonly details: string | null
  /** What can be done here, the likeliest first. Quitting always can. */
  readonly actions: readonly StartUpAction[]
}

interface KnownFailure {
  readonly title: string
  readonly actions: readonly StartUpAction[]
}

const ANOTHER_FOLDER: readonly StartUpAction[] = [
  'try-again',
  'choose-data-folder',
  'open-data-folder',
  'quit',
]
const FOLDER_FIRST: readonly StartUpAction[] = ['choose-data-folder', 'open-data-folder', 'try-again', 'quit']
const DISK_FULL = /\((?:SQLITE_FULL|ENOSPC|EDQUOT)|\(the disk is full\)/

const BY_NAME: Readonly<Record<string, KnownFailure>> = {
  FolderInUseError: { title: 'Another Penstock uses this data folder', actions: ANOTHER_FOLDER },
  NewerDatabaseError: { title: 'The database is of a newer Penstock', actions: FOLDER_FIRST },
  ForeignDatabaseError: { title: 'The database is of another program', actions: FOLDER_FIRST },
  DamagedDatabaseError: { title: 'The database is damaged', actions: ANOTHER_FOLDER },
  UnusableDatabaseError: { title: 'The database cannot be opened', actions: ANOTHER_FOLDER },
  MoveError: { title: 'The data folder is not where it was moved to', actions: ANOTHER_FOLDER },
  // What the command line asks for; trying again helps when the world was wrong, not the command.
  SetupError: { title: 'Penstock cannot listen as it was told to', actions: ['try-again', 'quit'] },
}

/** Turns what kept the engine from starting into words and ways out. */
export function describeFailure(error: Error): StartFailure {
  const isClear: boolean = isForPeople(error)
  // The window has a button for what the command line has an option for.
  const message = error.message.replaceAll(/ with --(?:data|tasks)\b/g, '')
  const { title, actions } = knownFailure(error) ?? {
    title: 'Something failed that should not have',
    actions: ['try-again', 'open-data-folder', 'choose-data-folder', 'quit'],
  }
  return { title, message, details: isClear ? null : (error.stack ?? null), actions }
}

function knownFailure(error: Error): KnownFailure | undefined {
  if (DISK_FULL.test(error.message)) return { title: 'The disk is full', actions: ANOTHER_FOLDER }
  if (error.name === 'UnusableFolderError')
    return 'folder' in error && error.folder === 'tasks'
      ? {
          title: 'The tasks folder cannot be used',
          actions: ['try-again', 'choose-tasks-folder', 'quit'],
        }
      : { title: 'The data folder cannot be used', actions: ['try-again', 'choose-data-folder', 'quit'] }
  return BY_NAME[error.name]
}
