import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import { NO_ARGS, NO_KWARGS } from '../../../../shared/domain/json.ts'
import {
  DEFAULT_MAX_RETRIES,
  DEFAULT_PRIORITY,
  DEFAULT_QUEUE,
  DEFAULT_TIMEOUT_MS,
  IDEMPOTENCY_WINDOW_MS,
} from '../../../../shared/domain/limits.ts'
import type { QueueSettings } from '../../../../shared/domain/queue-settings.ts'
import type { SubmitTask, TaskReceipt } from '../../../../shared/domain/task.ts'
import { taskEvent } from '../event-log.ts'
import { TASK_COLUMNS, type TaskRow, toReceipt } from '../rows.ts'
import type { CommandContext } from './command-context.ts'
import { prepareEnsureQueue } from './queue-settings.ts'

/** A submit, and where it comes from when it repeats another task. */
export interface NewTask extends SubmitTask {
  readonly replayOf?: string | undefined
  /** Of which workflow it is a node, and for how many parents it waits. */
  readonly node?: { readonly workflowId: string; readonly blockedBy: number } | undefined
}

/**
 * Writes new tasks, in order; all or nothing (the store rolls back what a refused command wrote).
 * Throws DUPLICATE_TASK when a unique key is taken.
 */
export function prepareSubmit(context: CommandContext) {
  const { db, record } = context
  const ensureQueue = prepareEnsureQueue(context)
  const insert = db.prepare(`
    INSERT INTO tasks (id, name, queue, state, priority, run_at, max_retries, timeout_ms, queue_timeout_ms, backoff,
      created_at, updated_at, unique_key, unique_until, idempotency_key, parent_id, replay_of, metadata, args, kwargs,
      workflow_id, blocked_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const findLock = db.prepare<[string], { until: number; task_id: string }>(
    'SELECT until, task_id FROM unique_locks WHERE key = ?',
  )
  const setLock = db.prepare('INSERT OR REPLACE INTO unique_locks (key, until, task_id) VALUES (?, ?, ?)')
  const findRepeat = db.prepare<[string, number], TaskRow>(
    `SELECT ${TASK_COLUMNS} FROM tasks WHERE number =
       (SELECT task_number FROM idempotency_keys WHERE key = ? AND until > ?)`,
  )
  const setIdempotencyKey = db.prepare(
    'INSERT OR REPLACE INTO idempotency_keys (key, until, task_number) VALUES (?, ?, ?)',
  )

  function refuseDuplicate(key: string, now: EpochMs): void {
    const lock = findLock.get(key)
    if (lock === undefined || lock.until <= now) return
    throw new BrokerError(
      'DUPLICATE_TASK',
      `A task with the same unique key was submitted before (${lock.task_id}); wait until its window ends, or delete that task.`,
      { uniqueKey: key, existingTaskId: lock.task_id },
    )
  }

  function submitOne(task: NewTask, now: EpochMs, settingsOf: (queue: string) => QueueSettings): TaskReceipt {
    if (task.idempotencyKey !== undefined) {
      const first = findRepeat.get(task.idempotencyKey, now)
      if (first !== undefined) return toReceipt(first, true)
    }
    if (task.unique !== undefined) refuseDuplicate(task.unique.key, now)

    const queue = task.queue ?? DEFAULT_QUEUE
    const settings = settingsOf(queue)
    const backoff = task.backoff ?? settings.backoff
    const id = context.newId(now)
    const runAt = Math.max(task.runAt ?? now, now)
    const blockedBy = task.node?.blockedBy ?? 0
    const state = runAt > now || blockedBy > 0 ? 'scheduled' : 'pending'
    const priority = task.priority ?? DEFAULT_PRIORITY
    const uniqueUntil = task.unique === undefined ? null : now + task.unique.forMs
    const { lastInsertRowid } = insert.run(
      id,
      task.name,
      queue,
      state,
      priority,
      runAt,
      task.maxRetries ?? settings.maxRetries ?? DEFAULT_MAX_RETRIES,
      task.timeoutMs ?? settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      task.queueTimeoutMs ?? settings.queueTimeoutMs,
      backoff === null ? null : JSON.stringify(backoff),
      now,
      now,
      task.unique?.key ?? null,
      uniqueUntil,
      task.idempotencyKey ?? null,
      task.parentId ?? null,
      task.replayOf ?? null,
      task.metadata === undefined ? null : JSON.stringify(task.metadata),
      task.args ?? NO_ARGS,
      task.kwargs ?? NO_KWARGS,
      task.node?.workflowId ?? null,
      blockedBy,
    )
    const number = Number(lastInsertRowid)
    if (task.unique !== undefined) setLock.run(task.unique.key, uniqueUntil, id)
    if (task.idempotencyKey !== undefined)
      setIdempotencyKey.run(task.idempotencyKey, now + IDEMPOTENCY_WINDOW_MS, number)

    const identity = { id, number, name: task.name, queue, attempt: 0 }
    record.moved(identity, null, state)
    record.tally(identity, 'submitted', now)
    if (task.replayOf !== undefined)
      record.event(
        taskEvent('task.replayed', now, identity, null, { state, priority, replayOf: task.replayOf }),
      )
    else if (state === 'scheduled') {
      const waits = blockedBy > 0 ? { blockedBy } : {}
      record.event(taskEvent('task.scheduled', now, identity, null, { state, priority, runAt, ...waits }))
    } else record.event(taskEvent('task.submitted', now, identity, null, { state, priority }))
    return { id, number, name: task.name, queue, state, priority, runAt, createdAt: now, isRepeat: false }
  }

  return ({
    tasks,
    now,
  }: {
    readonly tasks: readonly NewTask[]
    readonly now: EpochMs
  }): readonly TaskReceipt[] => {
    const known = new Map<string, QueueSettings>()
    const settingsOf = (queue: string): QueueSettings => {
      let settings = known.get(queue)
      if (settings === undefined) known.set(queue, (settings = ensureQueue(queue, now)))
      return settings
    }
    return tasks.map((task) => submitOne(task, now, settingsOf))
  }
}
