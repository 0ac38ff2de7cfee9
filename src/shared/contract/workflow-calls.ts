import { type } from '@orpc/contract'
import * as z from 'zod'
import { MAX_NODE_KEY_LENGTH, MAX_WORKFLOW_NODES } from '../domain/limits.ts'
import {
  type Workflow,
  WORKFLOW_STATES,
  type WorkflowPage,
  type WorkflowReceipt,
} from '../domain/workflow.ts'
import { byId, offset, page, taskFields, taskName, waitingFields } from './fields.ts'
import { procedure } from './procedure.ts'

const nodeKey = z.string().min(1).max(MAX_NODE_KEY_LENGTH)
const node = z.strictObject({
  key: nodeKey,
  task: z.strictObject({ name: taskName, ...taskFields, ...waitingFields }),
  parents: z.array(nodeKey).max(MAX_WORKFLOW_NODES),
  onFailure: z.enum(['fail', 'skip']),
})

const states = z.array(z.enum(WORKFLOW_STATES)).optional()

export const workflowCalls = {
  list: procedure.input(z.strictObject({ states, ...page, ...offset })).output(type<WorkflowPage>()),
  count: procedure.input(z.strictObject({ states })).output(type<number>()),
  get: procedure.input(byId).output(type<Workflow>()),
  submit: procedure
    .input(
      z.strictObject({
        name: z.string().min(1).max(256),
        nodes: z.array(node).max(10 * MAX_WORKFLOW_NODES),
        idempotencyKey: z.string().min(1).max(256).optional(),
      }),
    )
    .output(type<WorkflowReceipt>()),
  cancel: procedure.input(byId.extend({ terminate: z.boolean() })).output(type<Workflow>()),
  /** With its tasks. */
  delete: procedure.input(byId).output(type<void>()),
}
