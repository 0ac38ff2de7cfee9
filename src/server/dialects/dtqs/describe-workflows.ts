import type { OperationDescription } from '../../http/docs/description.ts'
import { createdAnswer, workflowAnswer, workflowCancelAnswer, workflowListAnswer } from './answers.ts'
import type { DtqsOperation } from './operations.ts'
import { batchBody, chainBody, workflowBody, workflowListQuery } from './workflow-wire.ts'

const group = 'Workflows'
const path = { workflow_id: { description: 'Id of a workflow.', example: 'workflow-uuid' } }
const invalid = [
  400,
  'INVALID_REQUEST',
  'A field that is not understood, an unknown name, or a cycle.',
] as const
const notFound = [404, 'WORKFLOW_NOT_FOUND', 'There is no such workflow.'] as const
const created = { 201: { description: 'The workflow; all of it is on disk.', schema: createdAnswer } }
const nap = { task_name: 'sleep', task_kwargs: { seconds: 1 } }

type Described = Extract<DtqsOperation, `${string} /api/v1/workflows${string}`>

export const workflowDescriptions: Readonly<Record<Described, OperationDescription>> = {
  'POST /api/v1/workflows': {
    summary: 'Submit tasks that depend on each other',
    group,
    description: '`dependencies` say for the name of a task which ones must have succeeded before it starts.',
    body: {
      schema: workflowBody,
      example: {
        workflow_name: 'report',
        tasks: [
          { name: 'fetch', ...nap },
          { name: 'render', ...nap },
        ],
        dependencies: { render: ['fetch'] },
      },
    },
    answers: created,
    errors: [invalid],
  },
  'POST /api/v1/workflows/batch': {
    summary: 'Submit up to 100 tasks that run side by side',
    group,
    body: { schema: batchBody, example: { workflow_name: 'mails', tasks: [nap, nap] } },
    answers: created,
    errors: [invalid],
  },
  'POST /api/v1/workflows/chain': {
    summary: 'Submit tasks that run one after the other',
    group,
    body: { schema: chainBody, example: { workflow_name: 'steps', tasks: [nap, nap] } },
    answers: created,
    errors: [invalid],
  },
  'GET /api/v1/workflows': {
    summary: 'List workflows',
    group,
    query: workflowListQuery,
    answers: { 200: { description: 'Newest first.', schema: workflowListAnswer } },
    errors: [[400, 'INVALID_REQUEST', 'A parameter that is not understood.']],
  },
  'GET /api/v1/workflows/:workflow_id': {
    summary: 'Read a workflow, and its graph',
    group,
    path,
    answers: { 200: { description: 'Counts, nodes and edges.', schema: workflowAnswer } },
    errors: [notFound],
  },
  'POST /api/v1/workflows/:workflow_id/cancel': {
    summary: 'Cancel what of a workflow has not ended',
    group,
    description: 'What runs is told, and stopped when it does not end within half a second.',
    path,
    answers: {
      200: {
        description: 'It is cancelled.',
        schema: workflowCancelAnswer,
        example: {
          workflow_id: 'workflow-uuid',
          status: 'CANCELLED',
          message: 'Workflow cancelled successfully',
        },
      },
    },
    errors: [notFound, [409, 'INVALID_STATE', 'It has ended already.']],
  },
}
