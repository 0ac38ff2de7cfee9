import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import { answerWithEvents, eventFrame, type EventStream, lastEventId } from '../../http/event-stream.ts'
import { pathParameter } from '../dialect.ts'
import { readInput } from '../read-input.ts'
import {
  type Followed,
  followProgress,
  newsSince,
  type ProgressNews,
  subscribeToProgress,
} from './follow-progress.ts'
import {
  compareStreamIds,
  manyProgressQuery,
  parseStreamStart,
  type ProgressRecord,
  progressStreamQuery,
  type StreamStart,
  toProgress,
  toSharedProgress,
} from './progress-wire.ts'
import { readProgress, type TaskProgress } from './read-progress.ts'

type EntryEvent = 'progress' | 'history'

/**
 * The progress of one task until it ends. What is stored comes first when asked for (`history=true`,
 * `start_id`, or a reconnecting client's `Last-Event-ID`).
 * @throws TASK_NOT_FOUND before the stream begins.
 */
export async function streamProgress(
  broker: Broker,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const taskId = pathParameter(request, 'id')
  const { history, start_id: start } = readInput(progressStreamQuery, request.query)
  const wantsHistory = history === 'true'
  const subscription = subscribeToProgress(broker, [taskId])
  try {
    const stored = await readProgress(broker, taskId)
    return await answerWithEvents(request, reply, async (stream) => {
      stream.onClose(() => subscription.close())
      const from = firstOf(resumeFrom(request), start, wantsHistory)
      const skipped = from.kind === 'now' ? stored.records : recordsUpTo(stored, from)
      const task: Followed = { taskId, toldUpTo: skipped.at(-1)?.streamId ?? null }
      const backlog = newsSince(task, stored)
      await stream.write(backlog.map((news) => toFrames(news, wantsHistory ? 'history' : 'progress')))
      if (stored.end !== null) return
      // Told by the subscription, also what came between it and the reading: nothing is told twice.
      for await (const news of withErrors(stream, followProgress(broker, subscription, [task])))
        await stream.write(news.map((item) => toFrames(item, 'progress')))
    })
  } finally {
    subscription.close()
  }
}

/** A client that comes back goes on where it was; `history` alone means all of it; else only what is new. */
function firstOf(
  resumed: StreamStart | null,
  asked: StreamStart | undefined,
  wantsHistory: boolean,
): StreamStart {
  if (resumed !== null) return resumed
  if (asked !== undefined && !(wantsHistory && asked.kind === 'now')) return asked
  return { kind: wantsHistory ? 'beginning' : 'now' }
}

function resumeFrom(request: FastifyRequest): StreamStart | null {
  const id = lastEventId(request)
  return id === null ? null : parseStreamStart(id)
}

function recordsUpTo({ records }: TaskProgress, start: StreamStart): readonly ProgressRecord[] {
  return start.kind === 'id'
    ? records.filter(({ streamId }) => compareStreamIds(streamId, start.id) <= 0)
    : []
}

function toFrames(news: ProgressNews, event: EntryEvent): string {
  switch (news.kind) {
    case 'progress':
      return entryFrame(news.record, event)
    case 'end':
      return (
        (news.record !== null && news.isNew ? entryFrame(news.record, event) : '') +
        eventFrame({ event: 'done', data: { task_id: news.taskId, status: news.status } })
      )
    case 'gone':
      return errorFrame(news.taskId, `Task with ID '${news.taskId}' was deleted.`)
  }
}

function entryFrame(record: ProgressRecord, event: EntryEvent): string {
  return eventFrame({ event, id: record.streamId, data: toProgress(record) })
}

function errorFrame(taskId: string, message: string): string {
  return eventFrame({ event: 'error', data: { task_id: taskId, message } })
}

/** New progress of up to ten tasks, until all of them ended; one that nobody knows is told as an error. */
export async function streamManyProgress(
  broker: Broker,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { task_ids: taskIds } = readInput(manyProgressQuery, request.query)
  const subscription = subscribeToProgress(broker, taskIds)
  try {
    const stored = await Promise.all(taskIds.map((id) => readIfKnown(broker, id)))
    return await answerWithEvents(request, reply, async (stream) => {
      stream.onClose(() => subscription.close())
      const open: Followed[] = []
      const first: string[] = []
      taskIds.forEach((taskId, index) => {
        const progress = stored[index] ?? null
        const task: Followed = { taskId, toldUpTo: progress?.records.at(-1)?.streamId ?? null }
        if (progress === null) first.push(errorFrame(taskId, `Task with ID '${taskId}' not found.`))
        else if (progress.end === null) open.push(task)
        else first.push(...newsSince(task, progress).map(toSharedFrame))
      })
      await stream.write(first)
      for await (const news of withErrors(stream, followProgress(broker, subscription, open)))
        await stream.write(news.map(toSharedFrame))
    })
  } finally {
    subscription.close()
  }
}

async function readIfKnown(broker: Broker, id: string): Promise<TaskProgress | null> {
  try {
    return await readProgress(broker, id)
  } catch (error) {
    if (isBrokerError(error, 'TASK_NOT_FOUND')) return null
    throw error
  }
}

/** There is no `done` here: that a task ended is told with its last entry, once more if need be. */
function toSharedFrame(news: ProgressNews): string {
  switch (news.kind) {
    case 'progress':
      return eventFrame({ event: 'progress', data: toSharedProgress(news.record) })
    case 'end':
      return news.record === null
        ? errorFrame(news.taskId, `Task with ID '${news.taskId}' ended (${news.status}) and was deleted.`)
        : eventFrame({ event: 'progress', data: toSharedProgress(news.record) })
    case 'gone':
      return errorFrame(news.taskId, `Task with ID '${news.taskId}' was deleted.`)
  }
}

/** Lets the client know when the broker fails under an open stream; the failure goes on to be logged. */
async function* withErrors<Item>(stream: EventStream, source: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* source
  } catch (error) {
    await stream.write([
      eventFrame({ event: 'error', data: { message: 'The stream broke off; open it again.' } }),
    ])
    throw error
  }
}
