import type { Task, TaskSummary } from '../../shared/domain/task.ts'
import type { BrokerEvent } from '../../shared/domain/event.ts'
import { isJsonObject } from '../../shared/domain/json.ts'
import { renderTable } from './render-table.ts'
import { safeText } from './safe-text.ts'

export const renderInstant = (at: number | null): string =>
  at === null ? '-' : new Date(at).toISOString().replace('T', ' ').replace('Z', '')

export function renderTasks(tasks: readonly TaskSummary[]): string {
  const rows = tasks.map(({ id, name, queue, state, priority, attempt, createdAt, error }) => [
    id,
    name,
    queue,
    state,
    priority,
    attempt,
    renderInstant(createdAt),
    error === null ? '' : `${error.type}: ${error.message}`,
  ])
  return renderTable(['ID', 'NAME', 'QUEUE', 'STATE', 'PRIORITY', 'ATTEMPT', 'CREATED (UTC)', 'ERROR'], rows)
}

/** One task in full, a field a line; what it does not have is left out. */
export function renderTask(task: Task): string {
  const lines: readonly (readonly [string, string | number | null])[] = [
    ['id', task.id],
    ['name', task.name],
    ['queue', task.queue],
    ['state', task.state],
    ['priority', task.priority],
    ['attempt', `${task.attempt} of at most ${task.maxRetries + 1}`],
    ['created', renderInstant(task.createdAt)],
    ['due', renderInstant(task.runAt)],
    ['started', task.startedAt === null ? null : renderInstant(task.startedAt)],
    ['finished', task.finishedAt === null ? null : renderInstant(task.finishedAt)],
    ['worker', task.workerId],
    ['replay of', task.replayOf],
    [
      'progress',
      task.progress === null
        ? null
        : `${Math.round(task.progress.fraction * 100)} % ${task.progress.message ?? ''}`,
    ],
    ['args', task.args],
    ['kwargs', task.kwargs],
    ['result', task.result],
    ['error', task.error === null ? null : `${task.error.type}: ${task.error.message}`],
  ]
  const known = lines.filter(([, value]) => value !== null)
  const traceback = task.error?.traceback?.split('\n').map((line) => `  ${safeText(line, 500)}`) ?? []
  return [
    ...known.map(([label, value]) => `${`${label}:`.padEnd(11)}${safeText(String(value), 10_000)}`),
    ...traceback,
  ].join('\n')
}

/** One event as a line of `tail`. */
export function renderEvent({ seq, at, type, taskId, queue, data }: BrokerEvent): string {
  const { name, error, message, fraction } = data
  const words = [
    typeof name === 'string' ? name : '',
    typeof fraction === 'number' ? `${Math.round(fraction * 100)} %` : '',
    typeof message === 'string' ? message : '',
    isJsonObject(error) && typeof error['message'] === 'string' ? error['message'] : '',
  ].filter((word) => word !== '')
  const line = [
    renderInstant(at),
    String(seq).padStart(6),
    type.padEnd(16),
    taskId ?? '-',
    queue ?? '-',
    ...words,
  ]
  return safeText(line.join('  '), 400)
}
