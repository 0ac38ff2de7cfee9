import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { Broker, TaskPage } from '../../../shared/domain/broker.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { pathParameter } from '../dialect.ts'
import { readInput } from '../read-input.ts'
import { pageQuery, successEnvelope, toDeadLetter, wantsEnvelope } from './wire.ts'

const NO_TASKS: TaskPage<Task> = { tasks: [], next: null }

/**
 * A page of dead letters with all their input. A thousand of them may come to a gigabyte: what the broker
 * does not answer at once is read piece by piece, as the client takes it.
 * @throws QUEUE_NOT_FOUND
 */
export async function listDeadLetters(
  broker: Broker,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { limit, offset } = readInput(pageQuery, request.query)
  const queue = pathParameter(request, 'queue')
  const { deadLetters } = await broker.getQueue(queue)
  const query = { queue, isDeadLetter: true, order: 'newest' } as const
  const first = limit === 0 ? NO_TASKS : await broker.listFullTasks({ ...query, limit, offset })
  const answer = { queue, total_failed: deadLetters }
  if (first.next === null || first.tasks.length === limit)
    return { ...answer, tasks: first.tasks.map(toDeadLetter) }

  const rest = (cursor: string, left: number) => broker.listFullTasks({ ...query, limit: left, cursor })
  const whole = JSON.stringify(wantsEnvelope(request.url) ? successEnvelope(answer) : answer)
  // The object that the tasks belong into ends with the count, whether it is wrapped or not.
  const place = whole.indexOf('}')
  return reply
    .type('application/json; charset=utf-8')
    .send(
      Readable.from(
        textOf(
          [`${whole.slice(0, place)},"tasks":[`, `]${whole.slice(place)}`],
          pagesFrom(first, limit, rest),
        ),
      ),
    )
}

type ReadRest = (cursor: string, left: number) => Promise<TaskPage<Task>>

async function* pagesFrom(
  first: TaskPage<Task>,
  limit: number,
  readRest: ReadRest,
): AsyncGenerator<readonly Task[]> {
  let page = first
  let left = limit
  for (;;) {
    yield page.tasks
    left -= page.tasks.length
    if (page.next === null || left <= 0) return
    page = await readRest(page.next, left)
  }
}

async function* textOf(
  [start, end]: readonly [string, string],
  pages: AsyncIterable<readonly Task[]>,
): AsyncGenerator<string> {
  let separator = ''
  yield start
  for await (const tasks of pages)
    for (const task of tasks) {
      yield `${separator}${JSON.stringify(toDeadLetter(task))}`
      separator = ','
    }
  yield end
}
