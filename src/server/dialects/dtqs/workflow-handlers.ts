import type { FastifyReply } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import type { EventType } from '../../../shared/domain/event.ts'
import type { NewWorkflow, Workflow } from '../../../shared/domain/workflow.ts'
import { TERMINATION_MS } from '../cancel-task.ts'
import { type DialectDependencies, type OperationHandlers, pathParameter } from '../dialect.ts'
import { readInput } from '../read-input.ts'
import type { DtqsOperation } from './operations.ts'
import { toPage } from './query-fields.ts'
import { fromWorkflowState, toWorkflowState } from './states.ts'
import {
  batchBody,
  chainBody,
  toBatch,
  toChain,
  toCreated,
  toNewWorkflow,
  toWorkflowAnswer,
  toWorkflowItem,
  workflowBody,
  workflowListQuery,
} from './workflow-wire.ts'

type WorkflowOperation = Extract<DtqsOperation, `${string} /api/v1/workflows${string}`>

const TASK_ENDS: readonly EventType[] = ['task.cancelled', 'task.succeeded', 'task.failed', 'task.timed_out']

export function workflowHandlers({ broker }: DialectDependencies): OperationHandlers<WorkflowOperation> {
  return {
    'POST /api/v1/workflows': (request, reply) =>
      create(broker, reply, toNewWorkflow(readInput(workflowBody, request.body))),
    'POST /api/v1/workflows/batch': (request, reply) =>
      create(broker, reply, toBatch(readInput(batchBody, request.body))),
    'POST /api/v1/workflows/chain': (request, reply) =>
      create(broker, reply, toChain(readInput(chainBody, request.body))),
    'GET /api/v1/workflows': async (request) => {
      const { status, limit, offset } = readInput(workflowListQuery, request.query)
      const states = fromWorkflowState(status)
      const [{ workflows }, total] = await Promise.all([
        broker.listWorkflows({ states, limit, offset }),
        broker.countWorkflows(states),
      ])
      return toPage('workflows', workflows.map(toWorkflowItem), { total, limit, offset })
    },
    'GET /api/v1/workflows/:workflow_id': async (request) =>
      toWorkflowAnswer(await broker.getWorkflow(pathParameter(request, 'workflow_id'))),
    'POST /api/v1/workflows/:workflow_id/cancel': async (request) => {
      const { id, state } = await cancelWorkflow(broker, pathParameter(request, 'workflow_id'))
      const message = state === 'running' ? 'Workflow is being cancelled' : 'Workflow cancelled successfully'
      return { workflow_id: id, status: toWorkflowState(state), message }
    },
  }
}

async function create(broker: Broker, reply: FastifyReply, workflow: NewWorkflow) {
  const receipt = await broker.submitWorkflow(workflow)
  void reply.code(201)
  return toCreated(receipt)
}

/** What runs is stopped and waited for, so that the answer can say how the workflow ended. */
async function cancelWorkflow(broker: Broker, id: string): Promise<Workflow> {
  const ends = broker.subscribe({ filter: { types: TASK_ENDS } })
  const giveUp = setTimeout(() => ends.close(), TERMINATION_MS)
  try {
    let workflow = await broker.cancelWorkflow(id, { terminate: true })
    const news = ends[Symbol.asyncIterator]()
    while (workflow.state === 'running') {
      if ((await news.next()).done === true) break
      workflow = await broker.getWorkflow(id)
    }
    return workflow
  } finally {
    clearTimeout(giveUp)
    ends.close()
  }
}
