import type { EpochMs } from './clock.ts'
import type { TaskState } from './state.ts'

/**
 * Another order than that of submission; of two alike the one submitted later counts as more. Tasks that
 * have no such value come last either way.
 */
export type TaskSort = { readonly isDescending: boolean } & (
  | { readonly by: 'priority' | 'startedAt' | 'finishedAt' }
  /** By groups of states, least first; states of one group are alike. */
  | { readonly by: 'state'; readonly groups: readonly (readonly TaskState[])[] }
)

/** Which tasks; every condition that is given has to hold. */
export interface TaskQuery {
  readonly states?: readonly TaskState[] | undefined
  readonly queue?: string | undefined
  readonly name?: string | undefined
  /** Any of these; none of them matches nothing. */
  readonly names?: readonly string[] | undefined
  readonly workerId?: string | undefined
  readonly isDeadLetter?: boolean | undefined
  readonly createdAfter?: EpochMs | undefined
  readonly createdBefore?: EpochMs | undefined
  /** Of final tasks: `finishedAfter` is inclusive, `finishedBefore` is not; the same for `created…`. */
  readonly finishedAfter?: EpochMs | undefined
  readonly finishedBefore?: EpochMs | undefined
  /** Inclusive, 0 to 10. */
  readonly minPriority?: number | undefined
  readonly maxPriority?: number | undefined
  /** Inclusive; starts so far, see `Task.attempt`. */
  readonly minAttempt?: number | undefined
  readonly maxAttempt?: number | undefined
  /** When its last attempt started; `startedBefore` is not inclusive. What never started does not match. */
  readonly startedAfter?: EpochMs | undefined
  readonly startedBefore?: EpochMs | undefined
  /** Id of the task it runs again. */
  readonly replayOf?: string | undefined
  readonly parentId?: string | undefined
  readonly workflowId?: string | undefined
  /** Of its last error; see `FailureGroup`. */
  readonly errorFingerprint?: string | undefined
  /**
   * Literal text, at most 256 characters, found anywhere in id, name, input, result, error or metadata
   * (the first 16,384 characters of each), as it is or as it is written in JSON. A to Z match a to z.
   */
  readonly text?: string | undefined
  readonly order?: 'newest' | 'oldest' | undefined
  /** Takes the place of `order`. Looks at every task that matches, and goes with `offset`, not with `cursor`. */
  readonly sort?: TaskSort | undefined
  /** 1 to 1000, default 100. */
  readonly limit?: number | undefined
  /** The `next` of the page before. Stable while tasks come and go. */
  readonly cursor?: string | undefined
  /** For wires that page by offset; costs more the larger it is. */
  readonly offset?: number | undefined
}
