import type { TaskState } from '../../shared/domain/state.ts'

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
