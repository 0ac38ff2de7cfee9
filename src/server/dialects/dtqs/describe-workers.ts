import type { OperationDescription } from '../../http/docs/description.ts'
import {
  capacityAnswer,
  heartbeatAnswer,
  registeredAnswer,
  steeredAnswer,
  workerAnswer,
  workerListAnswer,
} from './answers.ts'
import type { DtqsOperation } from './operations.ts'
import { pageQuery } from './query-fields.ts'
import { capacityBody, registerQuery } from './worker-wire.ts'

const group = 'Workers'
const path = { worker_id: { description: 'Id of a worker.', example: 'worker-uuid' } }
const notFound = [404, 'WORKER_NOT_FOUND', 'There is no such worker.'] as const
const invalid = [400, 'INVALID_REQUEST', 'A parameter or a field that is not understood.'] as const

const steered = <Word extends string>(summary: string, word: Word): OperationDescription => ({
  summary,
  group,
  description: 'May be repeated.',
  path,
  answers: {
    200: {
      description: 'Done.',
      schema: steeredAnswer(word),
      example: { worker_id: 'worker-uuid', status: word },
    },
  },
  errors: [notFound],
})

type Described = Extract<DtqsOperation, `${string} /api/v1/workers${string}`>

export const workerDescriptions: Readonly<Record<Described, OperationDescription>> = {
  'POST /api/v1/workers': {
    summary: 'Register a worker',
    group,
    description: 'Each registration is a worker of its own. It is offline after 30 s without a sign of life.',
    query: registerQuery,
    queryExample: { hostname: 'compute-1', capacity: '5' },
    answers: {
      201: {
        description: 'The worker.',
        schema: registeredAnswer,
        example: {
          worker_id: 'worker-uuid',
          hostname: 'compute-1',
          status: 'ACTIVE',
          capacity: 5,
          current_load: 0,
        },
      },
    },
    errors: [invalid],
  },
  'GET /api/v1/workers': {
    summary: 'List workers',
    group,
    query: pageQuery,
    answers: { 200: { description: 'The bundled pools first.', schema: workerListAnswer } },
    errors: [invalid],
  },
  'GET /api/v1/workers/:worker_id/status': {
    summary: 'How a worker is',
    group,
    path,
    answers: { 200: { description: 'The worker.', schema: workerAnswer } },
    errors: [notFound],
  },
  'PATCH /api/v1/workers/:worker_id/pause': steered('Stop a worker from taking tasks', 'paused'),
  'PATCH /api/v1/workers/:worker_id/resume': steered('Let a worker take tasks again', 'resumed'),
  'POST /api/v1/workers/:worker_id/drain': steered(
    'Let a worker finish what it has, and stop then',
    'draining',
  ),
  'PATCH /api/v1/workers/:worker_id/capacity': {
    summary: 'How many tasks a worker may run at once',
    group,
    path,
    body: { schema: capacityBody, example: { capacity: 10 } },
    answers: {
      200: {
        description: 'Done.',
        schema: capacityAnswer,
        example: { worker_id: 'worker-uuid', capacity: 10 },
      },
    },
    errors: [invalid, notFound],
  },
  'POST /api/v1/workers/:worker_id/heartbeat': {
    summary: 'Say that a worker is there',
    group,
    path,
    answers: { 200: { description: 'The worker, and what it is to give up.', schema: heartbeatAnswer } },
    errors: [notFound],
  },
}
