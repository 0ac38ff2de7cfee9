import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { RecordingContext } from './recorder.ts'
import type { WorkflowProgress } from './workflow-progress.ts'

/** What commands work with. Each is one synchronous function inside the store's transaction. */
export interface CommandContext extends RecordingContext {
  /** A new UUIDv7 for an instant; each is greater than the one before. */
  readonly newId: (now: EpochMs) => string
  /** In [0, 1). */
  readonly random: () => number
  /** To be told of every task with a `workflow_id` that becomes final or is deleted. */
  readonly workflows: WorkflowProgress
}
