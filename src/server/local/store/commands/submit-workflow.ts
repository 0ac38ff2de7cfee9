import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { IDEMPOTENCY_WINDOW_MS } from '../../../../shared/domain/limits.ts'
import type { NewWorkflow, WorkflowReceipt } from '../../../../shared/domain/workflow.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareSubmit } from './submit.ts'

interface FirstRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly created_at: EpochMs
}

/** Writes a workflow with a task for each node. The caller has checked the graph. */
export function prepareSubmitWorkflow(
  { db, newId }: CommandContext,
  submit: ReturnType<typeof prepareSubmit>,
) {
  const findFirst = db.prepare<[string, number], FirstRow>(`
    SELECT number, id, name, created_at FROM workflows
    WHERE idempotency_key = ? AND created_at > ? ORDER BY number DESC LIMIT 1`)
  const nodesOf = db.prepare<[number], { key: string; taskId: string }>(
    'SELECT key, task_id AS taskId FROM workflow_nodes WHERE workflow_number = ? ORDER BY position',
  )
  const insert = db.prepare(`
    INSERT INTO workflows (id, name, idempotency_key, total, tasks_left, created_at)
    VALUES (@id, @name, @idempotencyKey, @total, @total, @now)`)
  const insertNode = db.prepare(`
    INSERT INTO workflow_nodes (task_number, workflow_number, position, key, on_failure, task_id, task_name)
    VALUES (?, ?, ?, ?, ?, ?, ?)`)
  const insertEdge = db.prepare('INSERT INTO workflow_edges (parent, child) VALUES (?, ?)')

  return ({
    workflow: { name, nodes, idempotencyKey },
    now,
  }: {
    readonly workflow: NewWorkflow
    readonly now: EpochMs
  }): WorkflowReceipt => {
    if (idempotencyKey !== undefined) {
      const first = findFirst.get(idempotencyKey, now - IDEMPOTENCY_WINDOW_MS)
      if (first !== undefined)
        return {
          id: first.id,
          name: first.name,
          createdAt: first.created_at,
          nodes: nodesOf.all(first.number),
          isRepeat: true,
        }
    }
    const id = newId(now)
    const { lastInsertRowid } = insert.run({
      id,
      name,
      idempotencyKey: idempotencyKey ?? null,
      total: nodes.length,
      now,
    })
    const receipts = submit({
      tasks: nodes.map(({ task, parents }) => ({
        ...task,
        node: { workflowId: id, blockedBy: parents.length },
      })),
      now,
    })
    const numbers = new Map(nodes.map(({ key }, index) => [key, receipts[index]!.number]))
    for (const [position, { key, parents, onFailure }] of nodes.entries()) {
      const task = receipts[position]!
      insertNode.run(task.number, lastInsertRowid, position, key, onFailure, task.id, task.name)
      for (const parent of parents) insertEdge.run(numbers.get(parent), task.number)
    }
    return {
      id,
      name,
      createdAt: now,
      nodes: nodes.map(({ key }, index) => ({ key, taskId: receipts[index]!.id })),
      isRepeat: false,
    }
  }
}
