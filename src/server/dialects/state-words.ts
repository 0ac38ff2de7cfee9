import { TASK_STATES, type TaskState } from '../../shared/domain/state.ts'
import { stateGroupsOf } from '../attach/told-states.ts'

/** The states of a dialect and of the domain in each other's words. */
export interface StateWords<Word extends string> {
  readonly toWord: (state: TaskState) => Word
  /** Every domain state that reads as a word. */
  readonly statesOf: (word: Word) => readonly TaskState[]
  /** What a server's word means; of states that read alike there, the first one of their group. */
  readonly meaningOf: (word: Word) => TaskState
  /** States that read the same there, as `Coverage.stateGroups` has them. */
  readonly groups: readonly (readonly TaskState[])[]
}

/**
 * @param onWire the word of each state.
 * @param inDomain what a word means here.
 */
export function createStateWords<Word extends string>(
  onWire: Readonly<Record<TaskState, Word>>,
  inDomain: Readonly<Record<Word, TaskState>>,
): StateWords<Word> {
  return {
    toWord: (state) => onWire[state],
    statesOf: (word) => TASK_STATES.filter((state) => onWire[state] === word),
    meaningOf: (word) => inDomain[word],
    groups: stateGroupsOf(onWire, inDomain),
  }
}
