import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import type { EventBatch } from '../../../shared/domain/event.ts'
import { answerWithEvents, eventFrame, lastEventId } from '../../http/event-stream.ts'
import { isEveryQueue, toMissedEvent, toWireEvent } from './event-wire.ts'
import type { WireEvent } from './wire.ts'

const SEQ = /^\d{1,15}$/

/**
 * Every event from now on, or from where `Last-Event-ID` says. Frames carry data only, the type in it:
 * the document's client listens with `onmessage`, which named events never reach. `?named=true` names them.
 */
export async function streamEvents(
  broker: Broker,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { named } = request.query as { named?: unknown }
  const isNamed = named === 'true'
  const lastId = lastEventId(request)
  const after = lastId !== null && SEQ.test(lastId) ? Number(lastId) : undefined
  // Before the headers are sent: whoever sees them misses nothing of what follows.
  const subscription = broker.subscribe({ after })
  const frame = (data: WireEvent, id?: number) =>
    eventFrame({ event: isNamed ? data.type : undefined, id, data })
  try {
    return await answerWithEvents(request, reply, async (stream) => {
      stream.onClose(() => subscription.close())
      for await (const { events, missed } of subscription) {
        const queueNames = await queueNamesFor(events, broker)
        await stream.write([
          ...(missed > 0 ? [frame(toMissedEvent(missed))] : []),
          ...events.map((event) => frame(toWireEvent(event, queueNames), event.seq)),
        ])
      }
    })
  } finally {
    subscription.close()
  }
}

/** Only a worker that takes from every queue needs their names, and workers connect rarely. */
async function queueNamesFor(events: EventBatch['events'], broker: Broker): Promise<readonly string[]> {
  const isNeeded = events.some((event) => event.type === 'worker.connected' && isEveryQueue(event))
  return isNeeded ? (await broker.listQueues()).map(({ name }) => name) : []
}
