import type { EventSubscription } from '../../../shared/domain/broker.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { BrokerEvent, EventBatch, EventFilter } from '../../../shared/domain/event.ts'
import type { AttachOptions } from '../../attach/attach-options.ts'
import { attachSubscription } from '../../attach/attach-subscription.ts'
import { type JsonCalls, isSegment, pathOf } from '../../attach/json-calls.ts'
import { checkAnswer, parseAnswerJson } from '../../attach/parse-answer.ts'
import type { RemoteEvent } from '../../attach/read-remote-events.ts'
import { readEvent } from './read-event.ts'
import { toldEvent, toldTask } from './told-answers.ts'

interface SubscribeOptions {
  readonly after?: number | undefined
  readonly filter?: EventFilter | undefined
}

const SEQ = /^\d{1,15}$/
const MOST_AWAITED_MS = 2000
/** Tasks whose queue is remembered, the last ones seen. */
const MOST_REMEMBERED = 10_000

/** The events of one server: every subscription is a stream of its own, filtered here. */
export function createEventSource(calls: JsonCalls, options: AttachOptions) {
  const queues = rememberQueues(calls)
  const subscriptions = new Set<EventSubscription>()

  function subscribe({ after, filter = {} }: SubscribeOptions): EventSubscription {
    const follow = createFollower(after)
    const openStream = (signal: AbortSignal) =>
      calls.openEvents({ path: '/api/events', lastEventId: follow.lastEventId(), signal })
    const leaving = new AbortController()
    // "From now on" is from this call: the stream is opened before anything else is asked.
    let opened: ReturnType<typeof openStream> | null = null
    if (after === undefined) {
      opened = openStream(leaving.signal)
      calls.startFirst(withinReason(opened, options.wait))
    }
    async function* read(
      stream: AsyncIterable<readonly RemoteEvent[]>,
      mayHaveMissed: boolean,
    ): AsyncGenerator<EventBatch> {
      if (mayHaveMissed) yield { events: [], missed: 1 }
      for await (const told of stream) {
        const { events, missed } = follow.read(told)
        const named: BrokerEvent[] = []
        for (const event of events) {
          const known = await queues.complete(event, filter)
          if (matches(known, filter)) named.push(known)
        }
        yield { events: named, missed }
      }
    }
    const subscription = attachSubscription({
      async open(_signal, isAgain) {
        const stream = opened ?? openStream(leaving.signal)
        opened = null
        return read(await stream, isAgain && follow.lastEventId() === null)
      },
      random: options.random,
      wait: options.wait,
      onState: (state) => options.onEvents?.(state),
      onClose() {
        leaving.abort()
        subscriptions.delete(subscription)
      },
    })
    subscriptions.add(subscription)
    return subscription
  }

  /** Where one subscription is. A server whose events have no numbers has them counted here. */
  function createFollower(after: number | undefined) {
    let seq = after ?? 0
    let lastAt = 0
    let lastId = after === undefined ? null : String(after)

    function readOne({ id, data }: RemoteEvent): BrokerEvent | { readonly missed: number } | null {
      const json = parseAnswerJson(data, calls.shown)
      const told = checkAnswer(toldEvent, json, { what: 'an event', shown: calls.shown })
      if (told.type === 'events_missed')
        return { missed: Number.isSafeInteger(told['missed']) ? Math.max(1, Number(told['missed'])) : 1 }
      const event = readEvent(told, options.clock.now())
      const isNumbered = id !== null && SEQ.test(id)
      // Told once more; a number that begins anew with later events is a server that does.
      const isRepeat = isNumbered && Number(id) <= seq && (event?.at ?? 0) <= lastAt
      if (isRepeat) return null
      lastId = id
      seq = isNumbered ? Number(id) : seq + 1
      if (event === null) return null
      lastAt = Math.max(lastAt, event.at)
      return { seq, ...event }
    }

    return {
      lastEventId: () => lastId,
      read(told: readonly RemoteEvent[]): EventBatch {
        const events: BrokerEvent[] = []
        let missed = 0
        for (const one of told) {
          const read = readOne(one)
          if (read === null) continue
          if ('missed' in read) missed += read.missed
          else events.push(read)
        }
        return { events, missed }
      },
    }
  }

  return {
    subscribe,
    close() {
      for (const subscription of subscriptions) subscription.close()
    },
  }
}

/** A server may send its headers with its first event only: nobody waits long for that. */
async function withinReason(opening: Promise<unknown>, wait: AttachOptions['wait']): Promise<void> {
  const isOpen = new AbortController()
  await Promise.race([opening, wait(MOST_AWAITED_MS, isOpen.signal)]).finally(() => isOpen.abort())
}

function matches({ type, taskId, queue }: BrokerEvent, filter: EventFilter): boolean {
  if (filter.types !== undefined && !filter.types.includes(type)) return false
  if (filter.taskIds !== undefined && (taskId === null || !filter.taskIds.includes(taskId))) return false
  return filter.queue === undefined || filter.queue === queue
}

/** The document's ends of tasks name no queue; what came before did, and otherwise the task tells it. */
function rememberQueues(calls: JsonCalls) {
  const byTask = new Map<string, string>()
  const remember = (taskId: string, queue: string) => {
    byTask.delete(taskId)
    byTask.set(taskId, queue)
    if (byTask.size > MOST_REMEMBERED) byTask.delete(byTask.keys().next().value!)
  }
  async function ask(taskId: string): Promise<string | null> {
    if (!isSegment(taskId)) return null
    try {
      return (await calls.read(toldTask, { path: pathOf`/api/tasks/${taskId}` })).queue
    } catch (error) {
      if (isBrokerError(error, 'TASK_NOT_FOUND')) return null
      throw error
    }
  }
  return {
    /** Asks for the task only when the filter needs its queue. */
    async complete(event: BrokerEvent, { queue: wanted, ...rest }: EventFilter): Promise<BrokerEvent> {
      const { taskId } = event
      if (taskId === null) return event
      const queue = event.queue ?? byTask.get(taskId) ?? null
      const isNeeded = queue === null && wanted !== undefined && matches(event, rest)
      const found = isNeeded ? await ask(taskId) : queue
      if (found !== null) remember(taskId, found)
      return found === event.queue ? event : { ...event, queue: found }
    },
  }
}
