import { readEvents } from './event-log.ts'
import type { ReadableDatabase } from './open-database.ts'
import { prepareReadAlerts } from './queries/alerts.ts'
import { prepareReadBulk } from './queries/bulk.ts'
import { prepareExternalWorkerQueries } from './queries/external-workers.ts'
import { prepareFailureGroups } from './queries/failure-groups.ts'
import { prepareGetTask } from './queries/get-task.ts'
import { prepareListTasks } from './queries/list-tasks.ts'
import { prepareNextRollup } from './queries/next-rollup.ts'
import { prepareReadSchedules } from './queries/schedules.ts'
import { prepareSearchChanges } from './queries/search-changes.ts'
import { prepareStats } from './queries/stats.ts'
import { prepareTrends } from './queries/trends.ts'
import { prepareSubtasks } from './queries/subtasks.ts'
import { prepareWorkflows } from './queries/workflows.ts'

/** Everything that is only read, on a connection that cannot write: it never delays a commit. */
export function createReader(db: ReadableDatabase) {
  return {
    ...prepareGetTask(db),
    ...prepareListTasks(db),
    ...prepareWorkflows(db),
    ...prepareReadBulk(db),
    ...prepareReadSchedules(db),
    ...prepareReadAlerts(db),
    ...prepareExternalWorkerQueries(db),
    subtasks: prepareSubtasks(db),
    searchChanges: prepareSearchChanges(db),
    stats: prepareStats(db),
    trends: prepareTrends(db),
    nextRollup: prepareNextRollup(db),
    failureGroups: prepareFailureGroups(db),
    events: ({ after, limit }: { readonly after: number; readonly limit: number }) =>
      readEvents(db, after, limit),
  }
}

export type Reader = ReturnType<typeof createReader>
export type QueryName = keyof Reader
export type QueryParams<Name extends QueryName> = Parameters<Reader[Name]>[0]
export type QueryValue<Name extends QueryName> = ReturnType<Reader[Name]>
