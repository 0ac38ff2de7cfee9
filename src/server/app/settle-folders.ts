import type { MoveOutcome } from '../../shared/domain/data-move.ts'
import { systemClock } from '../clock.ts'
import { readArrival } from '../local/store/move/move-marks.ts'
import { runStoreJob } from '../local/store/run-store-job.ts'
import { describeMove, moveNote } from './asked-move.ts'
import { type Folders, followFolders } from './folders.ts'
import type { OnWait, StartNotice } from './start-notice.ts'

export interface SettledFolders {
  readonly folders: Folders
  /** What came of a move that was asked for; null when none was. */
  readonly moved: MoveOutcome | null
  readonly notices: readonly StartNotice[]
}

/**
 * Where the folders are that a start was told to use, once what was asked for is done: follows moves of the
 * data folder, ends one that was cut off, and does the one that was asked for. To be called before anything
 * opens a file in it, the log included. A move that fails leaves the data where they were, and is not tried
 * again.
 * @throws MoveError, FolderInUseError
 */
export async function settleFolders({
  chosen,
  threadFile,
  onWait,
}: {
  readonly chosen: Folders
  readonly threadFile: string
  readonly onWait: OnWait
}): Promise<SettledFolders> {
  const folders = followFolders(chosen)
  const notices: StartNotice[] = []
  await endCutOffMove(folders.dataFolder).catch((error: Error) =>
    notices.push({
      tone: 'failure',
      message: `Not everything could be removed from where the data folder ${folders.dataFolder} was before: ${error.message}`,
    }),
  )
  const moved = await moveAsAsked(folders.dataFolder, threadFile, onWait)
  if (moved === null) return { folders, moved, notices }
  const isWell = moved.kind === 'moved' && moved.kept === 0
  notices.push({ tone: isWell ? 'success' : 'failure', message: describeMove(moved) })
  return { folders: followFolders(folders), moved, notices }
}

async function moveAsAsked(folder: string, threadFile: string, onWait: OnWait): Promise<MoveOutcome | null> {
  const to = moveNote.read(folder)
  if (to === null) return null
  onWait(`The data folder is being moved to ${to}. The broker starts when that is done.`)
  const outcome = await runStoreJob({
    threadFile,
    folder,
    clock: systemClock,
    job: { kind: 'move', target: to },
  }).then(
    (result) => ({ kind: 'moved', ...result }) as const,
    (error: Error) => {
      if (error.name === 'FolderInUseError') throw error
      return { kind: 'failed', to, message: error.message } as const
    },
  )
  moveNote.remove(folder)
  return outcome
}

async function endCutOffMove(folder: string): Promise<void> {
  if (readArrival(folder) === null) return
  // It brings SQLite along, which this thread has no other use for.
  const { finishMove } = await import('../local/store/move/move-folder.ts')
  await finishMove(folder)
}
