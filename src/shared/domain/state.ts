/** The states of a task, in the order a life usually takes them (domain model, "States"). */
export const TASK_STATES = [
  'scheduled',
  'pending',
  'running',
  'retrying',
  'paused',
  'succeeded',
  'failed',
  'timed_out',
  'cancelled',
] as const

export type TaskState = (typeof TASK_STATES)[number]

/** What makes a task change state. `rescue` is a claim given back: its worker died, drained or let go. */
export const TASK_MOVES = [
  'due',
  'claim',
  'succeed',
  'fail',
  'retry',
  'time_out',
  'expire',
  'rescue',
  'pause',
  'resume',
  'cancel',
] as const

export type TaskMove = (typeof TASK_MOVES)[number]

/**
 * Every legal move, and nothing else. `resume` has two outcomes, told apart by the task's `runAt`;
 * `expire` is a task that waited past its queue timeout and never ran.
 */
export const LEGAL_MOVES: Readonly<Record<TaskState, Partial<Record<TaskMove, readonly TaskState[]>>>> = {
  scheduled: { due: ['pending'], pause: ['paused'], cancel: ['cancelled'] },
  pending: { claim: ['running'], expire: ['timed_out'], pause: ['paused'], cancel: ['cancelled'] },
  running: {
    succeed: ['succeeded'],
    fail: ['failed'],
    retry: ['retrying'],
    time_out: ['timed_out'],
    rescue: ['pending', 'failed'],
    pause: ['paused'],
    cancel: ['cancelled'],
  },
  retrying: { due: ['pending'], pause: ['paused'], cancel: ['cancelled'] },
  paused: { resume: ['pending', 'scheduled'], cancel: ['cancelled'] },
  succeeded: {},
  failed: {},
  timed_out: {},
  cancelled: {},
}

const FINAL: ReadonlySet<TaskState> = new Set(['succeeded', 'failed', 'timed_out', 'cancelled'])

export const FINAL_STATES: readonly TaskState[] = TASK_STATES.filter((state) => FINAL.has(state))
export const UNFINISHED_STATES: readonly TaskState[] = TASK_STATES.filter((state) => !FINAL.has(state))

/** A final task never changes again; it may only be deleted or leave the dead letters. */
export function isFinal(state: TaskState): boolean {
  return FINAL.has(state)
}

export function isTaskState(text: string): text is TaskState {
  return (TASK_STATES as readonly string[]).includes(text)
}

/** The states `move` may lead to from `from`; empty when the move is illegal there. */
export function movesTo(from: TaskState, move: TaskMove): readonly TaskState[] {
  return LEGAL_MOVES[from][move] ?? []
}

/** The states from which `move` is legal. */
export function statesAllowing(move: TaskMove): readonly TaskState[] {
  return TASK_STATES.filter((state) => movesTo(state, move).length > 0)
}
