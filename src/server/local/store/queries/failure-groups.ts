import type { FailureGroup } from '../../../../shared/domain/broker.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'
import type { ReadableDatabase } from '../open-database.ts'

interface GroupRow {
  readonly fingerprint: string
  readonly count: number
  readonly latest: number
  readonly queues: string
  readonly names: string
}

/** Dead letters grouped by error, latest first. */
export function prepareFailureGroups(db: ReadableDatabase) {
  const groups = db.prepare<[object], GroupRow>(`
    SELECT error_fingerprint AS fingerprint, count(*) AS count, max(number) AS latest,
           json_group_array(DISTINCT queue) AS queues, json_group_array(DISTINCT name) AS names
    FROM tasks INDEXED BY tasks_dead WHERE is_dead_letter = 1 AND (@queue IS NULL OR queue = @queue)
    GROUP BY error_fingerprint ORDER BY max(finished_at) DESC LIMIT @limit`)
  const latest = db.prepare<[number], { id: string; error: string; finished_at: number }>(
    'SELECT id, error, finished_at FROM tasks WHERE number = ?',
  )
  return ({
    queue,
    limit,
  }: {
    readonly queue?: string | undefined
    readonly limit: number
  }): readonly FailureGroup[] =>
    groups.all({ queue: queue ?? null, limit }).map((group) => {
      const task = latest.get(group.latest)!
      const error = JSON.parse(task.error) as TaskError
      return {
        fingerprint: group.fingerprint,
        type: error.type,
        message: error.message,
        count: group.count,
        queues: JSON.parse(group.queues) as string[],
        names: JSON.parse(group.names) as string[],
        latestTaskId: task.id,
        latestAt: task.finished_at,
      }
    })
}
