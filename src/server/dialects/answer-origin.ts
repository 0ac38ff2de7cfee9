import type { FastifyReply } from 'fastify'
import type { Broker } from '../../shared/domain/broker.ts'
import { isoInstant } from './instant.ts'

const ANSWER_ORIGIN_HEADER = 'x-answer-origin'

/**
 * Says in a header of `reply` when `answer` is not of now, because a component is marked as degraded:
 * `cached; component=database; at=2026-01-25T14:00:00.000Z` or `default; component=database`.
 * @returns the answer.
 */
export function tellOrigin<Answer extends object>(
  broker: Pick<Broker, 'originOf'>,
  reply: FastifyReply,
  answer: Answer,
): Answer {
  const origin = broker.originOf(answer)
  if (origin.kind === 'live') return answer
  const at = origin.kind === 'cached' ? `; at=${isoInstant(origin.at)}` : ''
  void reply.header(ANSWER_ORIGIN_HEADER, `${origin.kind}; component=${origin.component}${at}`)
  return answer
}
