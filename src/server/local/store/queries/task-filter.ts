import type { TaskQuery } from '../../../../shared/domain/broker.ts'

/** A WHERE clause with its parameters. Text of callers reaches SQL only as parameters. */
export interface Filter {
  readonly where: string
  readonly params: Readonly<Record<string, string | number>>
}

const MAX_TEXT_LENGTH = 256

/** Every condition of a query but its place in the list. */
export function toFilter(query: TaskQuery): Filter {
  const conditions: string[] = []
  const params: Record<string, string | number> = {}
  if (query.states !== undefined) {
    conditions.push('state IN (SELECT value FROM json_each(@states))')
    params['states'] = JSON.stringify(query.states)
  }
  if (query.queue !== undefined) {
    conditions.push('queue = @queue')
    params['queue'] = query.queue
  }
  if (query.name !== undefined) {
    conditions.push('name = @name')
    params['name'] = query.name
  }
  if (query.workerId !== undefined) {
    conditions.push('worker_id = @workerId')
    params['workerId'] = query.workerId
  }
  if (query.isDeadLetter !== undefined) conditions.push(`is_dead_letter = ${query.isDeadLetter ? 1 : 0}`)
  if (query.createdAfter !== undefined) {
    conditions.push('created_at >= @createdAfter')
    params['createdAfter'] = query.createdAfter
  }
  if (query.createdBefore !== undefined) {
    conditions.push('created_at < @createdBefore')
    params['createdBefore'] = query.createdBefore
  }
  const text = query.text?.slice(0, MAX_TEXT_LENGTH)
  if (text !== undefined && text !== '') {
    const columns = ['id', 'name', 'kwargs', 'args', 'error', 'metadata']
    conditions.push(`(${columns.map((column) => `${column} LIKE @text ESCAPE '\\'`).join(' OR ')})`)
    params['text'] = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  }
  return { where: conditions.length === 0 ? '1' : conditions.join(' AND '), params }
}
