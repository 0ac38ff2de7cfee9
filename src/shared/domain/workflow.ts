import type { EpochMs } from './clock.ts'
import type { JsonText } from './json.ts'
import type { StateCounts } from './queue.ts'
import type { TaskState } from './state.ts'
import type { SubmitTask } from './task.ts'

/**
 * A workflow runs until every node is final. Then it has `failed` when a node failed or timed out that
 * was not to be skipped, else it is `cancelled` when one was cancelled, else it has `succeeded`.
 */
export const WORKFLOW_STATES = ['running', 'succeeded', 'failed', 'cancelled'] as const
export type WorkflowState = (typeof WORKFLOW_STATES)[number]

/**
 * What becomes of the nodes below one that fails, times out or is cancelled: with `fail` they are
 * cancelled and the workflow fails, with `skip` they go on without its result.
 */
export type OnFailure = 'fail' | 'skip'

/** What the parents of a node came to, by key, as its handler gets it. One that was skipped past is not there. */
export type ParentResults =
  | { readonly kind: 'results'; readonly byKey: Readonly<Record<string, JsonText>> }
  /** Together more than is handed over. */
  | { readonly kind: 'too_large'; readonly bytes: number }

/** What a node submits. The workflow stands for uniqueness and origin, so a node has none of its own. */
export type NodeTask = Omit<SubmitTask, 'unique' | 'idempotencyKey' | 'parentId'>

export interface NewWorkflowNode {
  /** 1 to 256 characters, unique in the workflow; the name under which children find its result. */
  readonly key: string
  /** Times of the task (`runAt`, `queueTimeoutMs`) count from when its parents let it go. */
  readonly task: NodeTask
  /** Keys of the nodes that must have ended before; each once. */
  readonly parents: readonly string[]
  readonly onFailure: OnFailure
}

export interface NewWorkflow {
  /** 1 to 256 characters. */
  readonly name: string
  /** 1 to 1000; together at most 10,000 parents. */
  readonly nodes: readonly NewWorkflowNode[]
  /** The same key again, for 24 hours, answers the first workflow instead of making another. */
  readonly idempotencyKey?: string | undefined
}

export interface WorkflowReceipt {
  readonly id: string
  readonly name: string
  readonly createdAt: EpochMs
  /** In the order they were given. */
  readonly nodes: readonly { readonly key: string; readonly taskId: string }[]
  /** The idempotency key had been seen: this is the first workflow, and no other was made. */
  readonly isRepeat: boolean
}

/** A workflow without its nodes; what lists carry. */
export interface WorkflowSummary {
  /** UUIDv7. */
  readonly id: string
  readonly name: string
  readonly state: WorkflowState
  /** While it runs: it will not succeed any more. What does not depend on the failure still runs. */
  readonly isFailing: boolean
  readonly isCancelRequested: boolean
  readonly total: number
  /** How many nodes have ended so. `skipped` are among the others: passed over by their own setting. */
  readonly ended: {
    readonly succeeded: number
    readonly failed: number
    readonly timedOut: number
    readonly cancelled: number
    readonly skipped: number
  }
  /** Part of the nodes that have ended, 0 to 1. */
  readonly progress: number
  readonly createdAt: EpochMs
  readonly finishedAt: EpochMs | null
}

export interface WorkflowNode {
  readonly key: string
  readonly parents: readonly string[]
  readonly onFailure: OnFailure
  readonly taskId: string
  /** Task name. */
  readonly name: string
  readonly state: TaskState
  /** How many of its parents it still waits for. */
  readonly blockedBy: number
  /** The task was deleted; its state is the last it had, and it has no times. */
  readonly isTaskDeleted: boolean
  /** Of its attempt now, 0 to 1; null before the handler told any. */
  readonly progress: number | null
  readonly attempt: number
  readonly startedAt: EpochMs | null
  readonly finishedAt: EpochMs | null
}

export interface Workflow extends WorkflowSummary {
  /** How many of its nodes are in each state now. */
  readonly counts: StateCounts
  /** In the order they were given. */
  readonly nodes: readonly WorkflowNode[]
}

export interface WorkflowQuery {
  readonly states?: readonly WorkflowState[] | undefined
  /** 1 to 1000, default 100. */
  readonly limit?: number | undefined
  /** The `next` of the page before. Stable while workflows come and go. */
  readonly cursor?: string | undefined
  /** For wires that page by offset; costs more the larger it is. */
  readonly offset?: number | undefined
}

export interface WorkflowPage {
  /** Newest first. */
  readonly workflows: readonly WorkflowSummary[]
  /** Cursor of the next page, null on the last. */
  readonly next: string | null
}

/** Domain model, "Workflow". */
export interface WorkflowPort {
  /**
   * Submits a graph of tasks, all or nothing. Every node is a task from the start; one with parents is
   * `scheduled`, with `blockedBy` telling how many it waits for, and becomes due in the transaction in
   * which the last of them ends.
   * @throws INVALID_REQUEST naming the culprit: no nodes or too many, a key twice, an unknown parent,
   *   a cycle, a field out of range.
   */
  submitWorkflow(workflow: NewWorkflow): Promise<WorkflowReceipt>
  /** @throws WORKFLOW_NOT_FOUND */
  getWorkflow(id: string): Promise<Workflow>
  /** @throws INVALID_REQUEST for a cursor of another list. */
  listWorkflows(query: WorkflowQuery): Promise<WorkflowPage>
  /** How many are in these states; all of them, when none are given. */
  countWorkflows(states?: readonly WorkflowState[]): Promise<number>
  /**
   * Cancels every node that waits, at once, and asks those that run to end, as `cancel` does.
   * @throws WORKFLOW_NOT_FOUND, INVALID_STATE when it is final.
   */
  cancelWorkflow(id: string, options: { readonly terminate: boolean }): Promise<Workflow>
  /**
   * Deletes a final workflow with its tasks. One whose tasks have all been deleted goes by itself.
   * @throws WORKFLOW_NOT_FOUND, INVALID_STATE while it runs.
   */
  deleteWorkflow(id: string): Promise<void>
}
