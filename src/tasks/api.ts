/**
 * What authors of task modules import as `penstock/tasks` (domain model, "Handler").
 * Everything handed in and out is JSON. An integer beyond 2^53 is a `bigint` in handlers, both ways.
 */

export interface TaskInput<Kwargs = Record<string, unknown>> {
  readonly args: readonly unknown[]
  readonly kwargs: Kwargs
}

export interface TaskLog {
  debug(...parts: unknown[]): void
  info(...parts: unknown[]): void
  warn(...parts: unknown[]): void
  error(...parts: unknown[]): void
}

/** A task for `context.submit`. What is left out takes the settings of its handler, of its queue, of the product. */
export interface Subtask {
  readonly name: string
  readonly args?: readonly unknown[]
  readonly kwargs?: Readonly<Record<string, unknown>>
  readonly queue?: string
  /** 0 to 10, higher first. */
  readonly priority?: number
  /** Not before this instant, in milliseconds since 1970. */
  readonly runAt?: number
  /** Limit of one attempt, in milliseconds. */
  readonly timeoutMs?: number
  /** How long it may wait, once due, before it starts, in milliseconds. */
  readonly queueTimeoutMs?: number
  readonly maxRetries?: number
  readonly metadata?: Readonly<Record<string, string | number | boolean | null>>
  /** Refuses a second submit of `key` for `forMs` milliseconds. */
  readonly unique?: { readonly key: string; readonly forMs: number }
  /** The same key again, as from a later attempt, answers the first task instead of making another. */
  readonly idempotencyKey?: string
}

export interface TaskContext {
  readonly id: string
  readonly name: string
  readonly queue: string
  /** 1 on the first run. */
  readonly attempt: number
  readonly metadata: Readonly<Record<string, string | number | boolean | null>>
  /** Fires when the task is cancelled, paused or out of time, and when its worker drains. */
  readonly signal: AbortSignal
  readonly log: TaskLog
  /**
   * Saves JSON for the next attempt, which finds it in `checkpointed`: after a pause, a retry or a
   * restart. The last one wins.
   */
  checkpoint(data: unknown): void
  /** What the last attempt saved; null when none did. */
  readonly checkpointed: unknown
  /**
   * Results of this node's parents in its workflow, by key. A parent that was skipped past is not
   * there; a task outside of a workflow has none. Throws when they are larger together than 1 MB.
   */
  readonly parents: Readonly<Record<string, unknown>>
  /**
   * Submits another task, as a child of this one. It is on disk when this resolves. Rejects when the
   * broker refuses it, with the code in `code`; `LEASE_LOST` when this attempt no longer counts.
   */
  submit(subtask: Subtask): Promise<{ readonly id: string }>
  /** @param fraction 0 to 1; what is outside is moved to the nearer end. */
  progress(fraction: number, details?: { readonly stage?: string; readonly message?: string }): void
}

export type TaskFunction<Kwargs = Record<string, unknown>> = (
  input: TaskInput<Kwargs>,
  context: TaskContext,
) => unknown

/** Anything that checks a value: a Zod schema fits. */
export interface InputSchema {
  parse(value: unknown): unknown
}

export interface TaskDefinition<Kwargs = Record<string, unknown>> {
  /** Task name; the export's name when left out. */
  readonly name?: string
  /** Checks `{ args, kwargs }` before each run; an input that does not pass is dead-lettered at once. */
  readonly input?: InputSchema
  /** Limit of one attempt, in milliseconds. */
  readonly timeoutMs?: number
  readonly maxRetries?: number
  readonly run: TaskFunction<Kwargs>
}

/** Marks a definition across module copies: user code is bundled on its own. */
export const TASK_DEFINITION = Symbol.for('penstock.task')

/** A handler with settings. A plain exported function will do where none are needed. */
export function defineTask<Kwargs = Record<string, unknown>>(
  definition: TaskDefinition<Kwargs>,
): TaskDefinition<Kwargs> {
  return Object.assign(definition, { [TASK_DEFINITION]: true })
}
