import { EVENT_TYPES, type EventType } from '../../../shared/domain/event.ts'
import { countOf } from '../../ui/format/count.ts'

export interface EventTypeGroup {
  readonly title: string
  readonly types: readonly EventType[]
}

const startingWith = (prefix: string) => EVENT_TYPES.filter((type) => type.startsWith(prefix))

/** The types as the filter offers them: each of a task's, the others by what they are about. */
export const EVENT_TYPE_GROUPS: readonly EventTypeGroup[] = [
  { title: 'Submitted', types: ['task.submitted', 'task.scheduled', 'task.replayed'] },
  { title: 'Started', types: ['task.claimed', 'task.started'] },
  { title: 'Progress and logs', types: ['task.progress', 'task.log'] },
  { title: 'Succeeded', types: ['task.succeeded'] },
  { title: 'Retrying', types: ['task.retrying'] },
  { title: 'Failed and timed out', types: ['task.failed', 'task.timed_out'] },
  { title: 'Cancelled', types: ['task.cancelled'] },
  { title: 'Paused, resumed, deleted', types: ['task.paused', 'task.resumed', 'task.deleted'] },
  { title: 'Workers', types: startingWith('worker.') },
  { title: 'Queues', types: startingWith('queue.') },
  { title: 'Alerts', types: startingWith('alert.') },
]

/** The chosen types after a group was switched; undefined when that means all of them. */
export function switchGroup(
  chosen: readonly EventType[] | undefined,
  group: EventTypeGroup,
  isOn: boolean,
): readonly EventType[] | undefined {
  const before = new Set(chosen ?? [])
  for (const type of group.types) {
    if (isOn) before.add(type)
    else before.delete(type)
  }
  const after = EVENT_TYPES.filter((type) => before.has(type))
  return after.length === 0 || after.length === EVENT_TYPES.length ? undefined : after
}

/** What the filter's button says. */
export function describeTypes(chosen: readonly EventType[] | undefined): string {
  if (chosen === undefined) return 'All events'
  const groups = EVENT_TYPE_GROUPS.filter(({ types }) => types.every((type) => chosen.includes(type)))
  const covered = groups.flatMap(({ types }) => types).length
  const [only] = groups
  if (groups.length === 1 && only !== undefined && covered === chosen.length) return only.title
  return covered === chosen.length ? `${groups.length} kinds` : countOf(chosen.length, 'type')
}
