import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import type { Broker, TaskPage } from '../../../shared/domain/broker.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { tellOrigin } from '../answer-origin.ts'
import { csvLine } from '../../../shared/domain/csv.ts'
import { toTaskItem } from './wire.ts'

const COLUMNS = [
  'task_id',
  'task_name',
  'status',
  'priority',
  'created_at',
  'started_at',
  'completed_at',
  'worker_id',
  'retry_count',
  'error_message',
] as const

const BYTE_ORDER_MARK = '\u{FEFF}'

export interface CsvExport {
  readonly query: TaskQuery
  /** Most tasks; undefined for all of them. */
  readonly limit: number | undefined
  readonly offset: number
  /** Some spreadsheets read UTF-8 only behind a byte order mark; many programs do not expect one. */
  readonly hasMark: boolean
}

/**
 * Sends the tasks as CSV, newest first, a page at a time as fast as the client reads: never more than
 * one page is in memory. The first page is read before anything is sent, so that a failure is answered
 * as one; a later failure breaks the answer off, which the client is told by the connection.
 */
export async function exportCsv(
  broker: Pick<Broker, 'listTasks' | 'originOf'>,
  reply: FastifyReply,
  { query, limit = Infinity, offset, hasMark }: CsvExport,
): Promise<FastifyReply> {
  const pageSize = (left: number) => Math.min(left, MAX_PAGE_SIZE)
  const first = await broker.listTasks({ ...query, order: 'newest', limit: pageSize(limit), offset })
  tellOrigin(broker, reply, first)

  async function* lines() {
    yield `${hasMark ? BYTE_ORDER_MARK : ''}${csvLine(COLUMNS)}`
    let left = limit
    for (let page = first; ;) {
      yield toLines(page)
      left -= page.tasks.length
      if (page.next === null || left <= 0) return
      page = await broker.listTasks({ ...query, order: 'newest', limit: pageSize(left), cursor: page.next })
    }
  }

  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="tasks_export.csv"')
    .send(Readable.from(lines()))
}

function toLines({ tasks }: TaskPage): string {
  return tasks
    .map((task) => {
      const item = toTaskItem(task)
      return csvLine(COLUMNS.map((column) => item[column]))
    })
    .join('')
}
