import type { WritableDatabase } from './open-database.ts'

/**
 * How many tasks of each name are pending in each queue. Tells, before a claim looks, whether a queue
 * holds anything a worker knows; without it, tasks nobody knows would be looked at again and again.
 */
export interface PendingNames {
  add(queue: string, name: string, count: 1 | -1): void
  /** Writes what has changed, inside the caller's transaction. */
  flush(): void
  reload(): void
  /** How many pending tasks of `queue` have one of these names. */
  countKnown(queue: string, names: readonly string[]): number
}

export function createPendingNames(db: WritableDatabase): PendingNames {
  const queues = new Map<string, Map<string, number>>()
  const dirty = new Map<string, Set<string>>()
  const read = db.prepare<[], { queue: string; name: string; count: number }>(
    'SELECT queue, name, count FROM pending_names',
  )
  const write = db.prepare(
    'INSERT INTO pending_names (queue, name, count) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count',
  )
  const remove = db.prepare('DELETE FROM pending_names WHERE queue = ? AND name = ?')

  function namesOf(queue: string): Map<string, number> {
    let names = queues.get(queue)
    if (names === undefined) queues.set(queue, (names = new Map()))
    return names
  }

  function reload(): void {
    queues.clear()
    dirty.clear()
    for (const { queue, name, count } of read.all()) namesOf(queue).set(name, count)
  }
  reload()

  return {
    reload,
    add(queue, name, count) {
      const names = namesOf(queue)
      names.set(name, (names.get(name) ?? 0) + count)
      const changed = dirty.get(queue)
      if (changed === undefined) dirty.set(queue, new Set([name]))
      else changed.add(name)
    },
    flush() {
      for (const [queue, changed] of dirty) {
        const names = namesOf(queue)
        for (const name of changed) {
          const count = names.get(name)!
          if (count > 0) write.run(queue, name, count)
          else {
            remove.run(queue, name)
            names.delete(name)
          }
        }
      }
      dirty.clear()
    },
    countKnown(queue, names) {
      const counts = queues.get(queue)
      if (counts === undefined) return 0
      let known = 0
      for (const name of names) known += counts.get(name) ?? 0
      return known
    },
  }
}
