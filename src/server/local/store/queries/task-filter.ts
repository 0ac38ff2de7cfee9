import type { TaskQuery } from '../../../../shared/domain/task-query.ts'
import { formsOf, SEARCHED_COLUMNS } from '../search-text.ts'

/** A WHERE clause with its parameters. Text of callers reaches SQL only as parameters. */
export interface Filter {
  readonly where: string
  readonly params: Readonly<Record<string, string | number>>
}

/** Fields that are compared with a value, each with its condition. */
const COMPARISONS = {
  queue: 'queue = @queue',
  name: 'name = @name',
  workerId: 'worker_id = @workerId',
  createdAfter: 'created_at >= @createdAfter',
  createdBefore: 'created_at < @createdBefore',
  finishedAfter: 'finished_at >= @finishedAfter',
  finishedBefore: 'finished_at < @finishedBefore',
  minPriority: 'priority >= @minPriority',
  maxPriority: 'priority <= @maxPriority',
  minAttempt: 'attempt >= @minAttempt',
  maxAttempt: 'attempt <= @maxAttempt',
  startedAfter: 'started_at >= @startedAfter',
  startedBefore: 'started_at < @startedBefore',
  replayOf: 'replay_of = @replayOf',
  parentId: 'parent_id = @parentId',
  workflowId: `number IN (SELECT task_number FROM workflow_nodes
    WHERE workflow_number = (SELECT number FROM workflows WHERE id = @workflowId))`,
  errorFingerprint: 'error_fingerprint = @errorFingerprint',
} as const satisfies Partial<Record<keyof TaskQuery, string>>

/** Every condition of a query but its place in the list. */
export function toFilter(query: TaskQuery): Filter {
  const conditions: string[] = []
  const params: Record<string, string | number> = {}
  if (query.states !== undefined) {
    conditions.push('state IN (SELECT value FROM json_each(@states))')
    params['states'] = JSON.stringify(query.states)
  }
  if (query.names !== undefined) {
    conditions.push('name IN (SELECT value FROM json_each(@names))')
    params['names'] = JSON.stringify(query.names)
  }
  for (const [field, condition] of Object.entries(COMPARISONS)) {
    const value = query[field as keyof typeof COMPARISONS]
    if (value === undefined) continue
    conditions.push(condition)
    params[field] = value
  }
  if (query.isDeadLetter !== undefined) conditions.push(`is_dead_letter = ${query.isDeadLetter ? 1 : 0}`)
  if (query.text !== undefined && query.text !== '') {
    const found = formsOf(query.text).flatMap((form, index) => {
      params[`text${index}`] = `%${form.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
      return SEARCHED_COLUMNS.map((column) => `${column} LIKE @text${index} ESCAPE '\\'`)
    })
    conditions.push(`(${found.join(' OR ')})`)
  }
  return { where: conditions.length === 0 ? '1' : conditions.join(' AND '), params }
}
