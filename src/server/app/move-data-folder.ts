import type { MoveOutcome } from '../../shared/domain/data-move.ts'
import { moveFolder } from '../local/store/move/move-folder.ts'

/** Moves a data folder that no broker runs on. @throws MoveError, FolderInUseError; nothing is changed then. */
export async function moveDataFolder(folder: string, target: string): Promise<MoveOutcome> {
  return { kind: 'moved', ...(await moveFolder({ folder, target })) }
}
