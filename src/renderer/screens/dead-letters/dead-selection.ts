import type { FailureGroup } from '../../../shared/domain/broker.ts'

/** A task that is ticked on its own, with what is needed to act on it. */
export interface TickedTask {
  readonly id: string
  readonly queue: string
  readonly fingerprint: string
}

/** Which dead letters are meant: whole groups, and single tasks of others. */
export interface DeadSelection {
  readonly groups: ReadonlySet<string>
  readonly tasks: ReadonlyMap<string, TickedTask>
}

export const NOTHING_TICKED: DeadSelection = { groups: new Set(), tasks: new Map() }

/** Ticks a group whole, or lets go of it; its single tasks go with it. */
export function toggleGroup({ groups, tasks }: DeadSelection, fingerprint: string): DeadSelection {
  const next = new Set(groups)
  if (!next.delete(fingerprint)) next.add(fingerprint)
  return {
    groups: next,
    tasks: new Map([...tasks].filter(([, task]) => task.fingerprint !== fingerprint)),
  }
}

/**
 * Ticks one task, or lets go of it. In a group that is ticked whole, all its `loaded` tasks but this one
 * stay ticked.
 */
export function toggleTask(
  { groups, tasks }: DeadSelection,
  task: TickedTask,
  loaded: readonly TickedTask[],
): DeadSelection {
  const next = new Map(tasks)
  if (groups.has(task.fingerprint)) {
    for (const each of loaded) if (each.id !== task.id) next.set(each.id, each)
    return { groups: new Set([...groups].filter((each) => each !== task.fingerprint)), tasks: next }
  }
  if (!next.delete(task.id)) next.set(task.id, task)
  return { groups, tasks: next }
}

export function toggleAllGroups(
  selection: DeadSelection,
  groups: readonly Pick<FailureGroup, 'fingerprint'>[],
): DeadSelection {
  const hasAll = groups.every(({ fingerprint }) => selection.groups.has(fingerprint))
  return hasAll
    ? NOTHING_TICKED
    : { groups: new Set(groups.map(({ fingerprint }) => fingerprint)), tasks: new Map() }
}

/** How many tasks are meant. Groups that are gone meanwhile count nothing. */
export function countTicked({ groups, tasks }: DeadSelection, shown: readonly FailureGroup[]): number {
  const inGroups = shown.reduce(
    (sum, { fingerprint, count }) => sum + (groups.has(fingerprint) ? count : 0),
    0,
  )
  return inGroups + tasks.size
}

/** Ids of the tasks ticked on their own, by queue. */
export function tasksByQueue({ tasks }: DeadSelection): ReadonlyMap<string, readonly string[]> {
  const byQueue = new Map<string, string[]>()
  for (const { id, queue } of tasks.values()) byQueue.set(queue, [...(byQueue.get(queue) ?? []), id])
  return byQueue
}
