import { askMove, moveNote } from '../../server/app/asked-move.ts'
import type { DataFolderState } from '../../shared/contract/desktop-contract.ts'
import type { MoveOutcome } from '../../shared/domain/data-move.ts'
import { BrokerError } from '../../shared/domain/errors.ts'

/** Moving the data folder from the window: asked for now, done by the next start, when nobody has it open. */
export interface DataFolderMoves {
  get(): Promise<DataFolderState>
  /**
   * Lets a person choose another place; whoever gives up changes nothing.
   * @throws INVALID_REQUEST when the data cannot go there, or while the question is open.
   */
  ask(): Promise<DataFolderState>
  withdraw(): Promise<DataFolderState>
}

export interface DataFolderMovesOptions {
  /** Of the engine that runs; null while none does. */
  running(): Promise<{ readonly dataFolder: string; readonly moved: MoveOutcome | null } | null>
  /** The system's own question for a folder; null when it was given up. */
  chooseFolder(): Promise<string | null>
}

export function createDataFolderMoves({ running, chooseFolder }: DataFolderMovesOptions): DataFolderMoves {
  // One question at a time, so that no page covers the screen with them.
  let isAsking = false

  async function here() {
    const found = await running()
    if (found === null)
      throw new BrokerError('SERVICE_UNAVAILABLE', 'The local broker does not run.', { component: 'broker' })
    return found
  }
  async function get(): Promise<DataFolderState> {
    const { dataFolder, moved } = await here()
    return { folder: dataFolder, askedMove: moveNote.read(dataFolder), moved }
  }
  return {
    get,
    async ask() {
      const { dataFolder } = await here()
      if (isAsking) throw new BrokerError('INVALID_REQUEST', 'You are being asked for the place already.', {})
      isAsking = true
      try {
        const chosen = await chooseFolder()
        if (chosen !== null) askMove(dataFolder, chosen)
      } finally {
        isAsking = false
      }
      return get()
    },
    async withdraw() {
      const { dataFolder } = await here()
      moveNote.remove(dataFolder)
      return get()
    },
  }
}
