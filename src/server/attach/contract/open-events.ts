import type { EventBatch, EventFilter } from '../../../shared/domain/event.ts'
import { checkAnswer } from '../parse-answer.ts'
import { eventBatch } from './answers/system-answers.ts'
import type { ContractCalls } from './contract-calls.ts'
import type { ContractClient } from './contract-link.ts'

interface OpenEventsOptions {
  readonly client: ContractClient
  readonly calls: ContractCalls
  readonly shown: string
  /** Resume after this event; undefined is from now on: from this call, not from when somebody first reads. */
  readonly after: number | undefined
  readonly filter: EventFilter
}

/** How to open the events of another Penstock, each time right after the last one that was handed on. */
export function createOpenEvents({ client, calls, shown, after: given, filter }: OpenEventsOptions) {
  const refuse = (error: unknown) => {
    throw calls.toRefusal(error)
  }
  const latestSeq = async () => (await client.overview(undefined, { context: {} }).catch(refuse)).lastSeq
  const start = given === undefined ? latestSeq() : Promise.resolve(given)
  start.catch(() => undefined)
  if (given === undefined) calls.startFirst(start)
  let after: number | null = null

  async function* fresh(batches: AsyncIterable<unknown>): AsyncGenerator<EventBatch, void, void> {
    try {
      for await (const batch of batches) {
        const { events, missed } = checkAnswer(eventBatch, batch, { what: 'events', shown })
        // Numbers only grow; what does not is not handed on twice.
        const next = events.filter(({ seq }) => seq > after!)
        after = next.at(-1)?.seq ?? after
        yield { events: next, missed }
      }
    } catch (error) {
      throw calls.toRefusal(error)
    }
  }

  return async (signal: AbortSignal, isAgain: boolean): Promise<AsyncIterable<EventBatch>> => {
    after ??= await start
    if (isAgain) after = Math.min(after, await latestSeq())
    const { types, taskIds, queue } = filter
    const input = {
      after,
      queue,
      types: types === undefined ? undefined : [...types],
      taskIds: taskIds === undefined ? undefined : [...taskIds],
    }
    return fresh(await client.events(input, { signal, context: {} }).catch(refuse))
  }
}
