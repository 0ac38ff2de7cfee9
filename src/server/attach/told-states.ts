import { TASK_STATES, type TaskState } from '../../shared/domain/state.ts'

/** The states that read as this one there, itself among them. */
export function statesLike(
  state: TaskState,
  stateGroups: readonly (readonly TaskState[])[],
): readonly TaskState[] {
  return stateGroups.find((group) => group.includes(state)) ?? [state]
}

/** Whether who asks for these states asks for every one that reads as `state` there. */
export function isAlwaysTold(
  state: TaskState,
  asked: readonly TaskState[],
  stateGroups: readonly (readonly TaskState[])[],
): boolean {
  return statesLike(state, stateGroups).every((like) => asked.includes(like))
}

/**
 * States that read the same there, as `Coverage.stateGroups` has them: each group begins with the state that
 * its word means here. The groups come in the order of the words.
 * @param onWire the word of each state.
 * @param inDomain what a word means here.
 */
export function stateGroupsOf<Word extends string>(
  onWire: Readonly<Record<TaskState, Word>>,
  inDomain: Readonly<Record<Word, TaskState>>,
): readonly (readonly TaskState[])[] {
  const meanings = new Set<TaskState>(Object.values(inDomain))
  return [...meanings].map((meaning) => {
    const others = TASK_STATES.filter((state) => state !== meaning && inDomain[onWire[state]] === meaning)
    return [meaning, ...others]
  })
}
