import type { DialectDependencies, OperationHandlers } from '../dialect.ts'
import { readInput } from '../read-input.ts'
import type { DtqsOperation } from './operations.ts'
import {
  clearBody,
  markBody,
  toHealthAnswer,
  toMark,
  toMarkAnswer,
  toServiceStatus,
  toSummary,
} from './resilience-wire.ts'

type ResilienceOperation = Extract<
  DtqsOperation,
  `${string} /api/v1/resilience/${string}` | `${string} /api/v1/health`
>

export function resilienceHandlers({
  broker,
  clock,
  version,
}: DialectDependencies): OperationHandlers<ResilienceOperation> {
  return {
    'POST /api/v1/resilience/degradation/mark': async (request) =>
      toMarkAnswer(await broker.markDegraded(toMark(readInput(markBody, request.body)))),
    'GET /api/v1/resilience/summary': async () => toSummary(await broker.resilience()),
    'GET /api/v1/resilience/degradation/status': async () => {
      const { components } = await broker.resilience()
      const now = clock.now()
      return { services: components.map((component) => toServiceStatus(component, now)) }
    },
    'POST /api/v1/resilience/degradation/clear': async (request) => {
      const { service_name: service } = readInput(clearBody, request.body)
      return { service, cleared: await broker.clearDegradation(service) }
    },
    'GET /api/v1/health': async (_request, reply) => {
      const answer = toHealthAnswer(await broker.resilience(), version)
      if (answer.status === 'unhealthy') void reply.code(503)
      return answer
    },
  }
}
