import { expect } from 'vitest'
import { isFinal, LEGAL_MOVES, type TaskState } from '../../src/shared/domain/state.ts'
import type { OpenWriter } from './open-writer.ts'

/** A row of `tasks`, as far as these tests look. */
export interface StoredTask {
  readonly id: string
  readonly number: number
  readonly queue: string
  readonly state: TaskState
  readonly attempt: number
  readonly worker_id: string | null
  readonly lease_token: string | null
  readonly lease_ms: number | null
  readonly is_dead_letter: number
  readonly updated_at: number
  readonly result: string | null
}

const REACHED: Readonly<Record<TaskState, ReadonlySet<TaskState>>> = Object.fromEntries(
  Object.entries(LEGAL_MOVES).map(([from, moves]) => [from, new Set(Object.values(moves).flat())]),
) as never

/** What holds after every command, whatever came before. @returns the tasks by id, for the next look. */
export function checkPromises(
  store: OpenWriter,
  before: ReadonlyMap<string, StoredTask>,
  rows: readonly StoredTask[],
  now: number,
): Map<string, StoredTask> {
  const counted = new Map<string, number>()
  for (const row of rows) {
    const last = before.get(row.id)
    // One command may make several legal moves of a task (due, then claimed), never one out of a final state.
    if (last !== undefined && isFinal(last.state)) {
      expect({ ...row, is_dead_letter: 0, updated_at: 0 }).toEqual({
        ...last,
        is_dead_letter: 0,
        updated_at: 0,
      })
    } else if (last !== undefined && last.state !== row.state) {
      const direct = REACHED[last.state]
      expect(direct.has(row.state) || [...direct].some((between) => REACHED[between].has(row.state))).toBe(
        true,
      )
    }
    if (row.is_dead_letter === 1) expect(['failed', 'timed_out']).toContain(row.state)
    const key = `${row.queue}/${row.state}`
    counted.set(key, (counted.get(key) ?? 0) + 1)
  }
  const overview = store.writer.numbers.overview({ now })
  for (const { name, counts, deadLetters } of store.writer.numbers.queues({ now })) {
    for (const [state, count] of Object.entries(counts))
      expect(count, `${name} ${state}`).toBe(counted.get(`${name}/${state}`) ?? 0)
    expect(deadLetters).toBe(rows.filter((row) => row.queue === name && row.is_dead_letter === 1).length)
  }
  expect(Object.values(overview.counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length)
  const stored = store.db
    .prepare<[], { queue: string; state: string; count: number }>(
      'SELECT * FROM state_counts WHERE count > 0',
    )
    .all()
  expect(new Map(stored.map(({ queue, state, count }) => [`${queue}/${state}`, count]))).toEqual(counted)
  return new Map(rows.map((row) => [row.id, row]))
}
