import type { EpochMs } from './clock.ts'
import type { TaskState } from './state.ts'

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
  /** 1 to 1000, default 100. */
  readonly limit?: number | undefined
  /** The `next` of the page before. Stable while tasks come and go. */
  readonly cursor?: string | undefined
  /** For wires that page by offset; costs more the larger it is. */
  readonly offset?: number | undefined
}
