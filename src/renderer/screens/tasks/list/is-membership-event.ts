import type { BrokerEvent, EventType } from '../../../../shared/domain/event.ts'
import type { ListQuery } from '../tasks-search.ts'

const ARRIVALS: ReadonlySet<EventType> = new Set(['task.submitted', 'task.scheduled', 'task.replayed'])
const WITHOUT_STATE: ReadonlySet<EventType> = new Set(['task.progress', 'task.log', 'task.started'])
/** When it started and ended and how often: changed by most events, and told by few. */
const NOT_TOLD = [
  'startedAfter',
  'startedBefore',
  'finishedAfter',
  'finishedBefore',
  'minAttempt',
  'maxAttempt',
] as const satisfies readonly (keyof ListQuery)[]

/**
 * Whether an event may have brought a task into a list or taken one out of it, as far as the event tells.
 * What it does not tell (free text) counts as maybe.
 *
 * @param isListed whether the task is among the rows
 */
export function isMembershipEvent(event: BrokerEvent, query: ListQuery, isListed: boolean): boolean {
  const { type, taskId, queue, data } = event
  if (type === 'queue.purged') return query.queue === undefined || query.queue === queue
  if (taskId === null || WITHOUT_STATE.has(type)) return false
  if (type === 'task.deleted') return isListed
  if (query.queue !== undefined && query.queue !== queue) return false
  if (query.name !== undefined && query.name !== data['name']) return false
  if (ARRIVALS.has(type) && !isListed)
    return (query.createdBefore === undefined || event.at < query.createdBefore) && matchesState(event, query)
  if (NOT_TOLD.some((condition) => query[condition] !== undefined)) return true
  // Who has it, and with which error it ended: not told by the event, so it may have come or gone.
  if (query.workerId !== undefined && type === 'task.claimed') return true
  if (query.errorFingerprint !== undefined && (type === 'task.failed' || type === 'task.timed_out'))
    return true
  if (query.isDeadLetter !== undefined)
    return type === 'task.failed' || type === 'task.timed_out' || type === 'task.replayed'
  return query.states !== undefined && query.states.includes(stateOf(event)) !== isListed
}

function matchesState(event: BrokerEvent, { states }: ListQuery): boolean {
  return states === undefined || states.includes(stateOf(event))
}

function stateOf({ type, data }: BrokerEvent) {
  const { state } = data
  return (typeof state === 'string' ? state : type.replace('task.', '')) as NonNullable<
    ListQuery['states']
  >[number]
}
