import type { Capabilities } from '../../../../shared/domain/capabilities.ts'
import { isFinal, type TaskState } from '../../../../shared/domain/state.ts'
import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { STATE_LOOKS } from '../../../ui/state/task-state.ts'

/** Why something cannot be done to a task now; null when it can. Said on the disabled button. */
export interface Impossible {
  readonly runAgain: string | null
  readonly cancel: string | null
  readonly delete: string | null
}

const GONE = 'It has been deleted.'

/**
 * @param capabilities of the broker; null while they are not known, which forbids nothing
 */
export function impossibleFor(
  task: Pick<TaskSummary, 'state'>,
  { isDeleted, capabilities }: { readonly isDeleted: boolean; readonly capabilities: Capabilities | null },
): Impossible {
  if (isDeleted) return { runAgain: GONE, cancel: GONE, delete: GONE }
  const { state } = task
  const word = STATE_LOOKS[state].word.toLowerCase()
  return {
    runAgain: isFinal(state)
      ? lacking(capabilities?.replay)
      : `It is ${word}; it can run again when it has finished.`,
    cancel: isFinal(state)
      ? 'It has already finished.'
      : state === 'running'
        ? lacking(capabilities?.cancelRunning)
        : lacking(capabilities?.cancel),
    delete: state === 'running' ? 'It is running; cancel it first.' : lacking(capabilities?.deleteTasks),
  }
}

/**
 * Why an action cannot be done to any of many tasks; what can be done to one of them is not impossible. The
 * others are skipped.
 */
export function impossibleForAll(states: Iterable<TaskState>): Impossible {
  let hasFinal = false
  let hasUnfinished = false
  let hasIdle = false
  for (const state of states) {
    if (isFinal(state)) hasFinal = true
    else hasUnfinished = true
    if (state !== 'running') hasIdle = true
    if (hasFinal && hasUnfinished && hasIdle) break
  }
  return {
    runAgain: hasFinal ? null : 'None of them has finished yet.',
    cancel: hasUnfinished ? null : 'All of them have already finished.',
    delete: hasIdle ? null : 'All of them are running; cancel them first.',
  }
}

function lacking(capability: Capabilities[keyof Capabilities] | undefined): string | null {
  return capability === undefined || capability === true ? null : capability.reason
}
