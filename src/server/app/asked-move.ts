import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { MoveOutcome } from '../../shared/domain/data-move.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import { countOfTasks } from '../local/count-of-tasks.ts'
import { createStartNote } from '../local/start-note.ts'
import { checkTarget } from '../local/store/move/check-target.ts'
import { MoveError } from '../local/store/move/move-error.ts'
import { MOVE_NOTE } from '../local/store/move/move-marks.ts'

/** Names the place of a move that was asked for while the data folder was in use. */
export const moveNote = createStartNote(MOVE_NOTE, 'to', path.isAbsolute)

/** What a folder is called that is made inside of one that has other things in it. */
const NAME_INSIDE = 'penstock-data'

/**
 * Has the next start move the data folder. People choose the folder that is to have it in it as often as
 * the one that is to be it: one with anything in it gets a folder for the data.
 * @throws INVALID_REQUEST when it cannot go there.
 */
export function askMove(dataFolder: string, chosen: string): void {
  try {
    const isFolder = statSync(chosen, { throwIfNoEntry: false })?.isDirectory() === true
    const isFull = isFolder && readdirSync(chosen).length > 0
    const to = checkTarget(dataFolder, isFull ? path.join(chosen, NAME_INSIDE) : chosen)
    moveNote.write(dataFolder, to)
  } catch (error) {
    const isSystem = typeof (error as { code?: unknown }).code === 'string'
    if (!(error instanceof MoveError) && !isSystem) throw error
    throw new BrokerError('INVALID_REQUEST', (error as Error).message, { path: 'folder' })
  }
}

/** In words, for whoever started it. */
export function describeMove(outcome: MoveOutcome): string {
  if (outcome.kind === 'failed') return `The data folder was not moved to ${outcome.to}: ${outcome.message}`
  const { from, to, tasks, kept } = outcome
  const left =
    kept === 0 ? '' : ` Files that changed meanwhile, or could not be removed, are still in ${from}: ${kept}.`
  return `The data folder ${from} was moved to ${to}, with ${countOfTasks(tasks)}.${left}`
}
