import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { isFinal, type TaskState } from '../../src/shared/domain/state.ts'
import type { Ledger } from './kill-load.ts'

interface StoredTask {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly state: TaskState
  readonly attempt: number
  readonly excused_attempts: number
  readonly worker_id: string | null
  readonly is_cancel_requested: number
  readonly is_dead_letter: number
  readonly updated_at: number
  readonly idempotency_key: string | null
  readonly finished_at: number | null
  readonly replay_of: string | null
  readonly kwargs: string
  readonly result: string | null
  readonly error: string | null
}

const BEGINNINGS = ['task.submitted', 'task.replayed']
const FINAL_EVENTS = ['task.succeeded', 'task.failed', 'task.timed_out', 'task.cancelled']

/** A task that was final, and in which round that was seen. It stays what it was, in or out of the dead letters. */
export interface SeenFinal {
  readonly row: Omit<StoredTask, 'is_dead_letter' | 'updated_at'>
  readonly round: number
}

export interface SeenStore {
  readonly finals: Map<string, SeenFinal>
}

/**
 * Holds a database, as a kill left it or in the middle of its life, to everything that was promised.
 * Reads in one transaction, so that a writer beside it does no harm.
 * @returns how many tasks there are in each state.
 */
export function checkStored(
  file: string,
  { ledger, seen, round }: { readonly ledger: Ledger; readonly seen: SeenStore; readonly round: number },
): Readonly<Record<string, number>> {
  // A kill leaves a WAL that only a connection that may write can recover.
  const db = new Database(file, { fileMustExist: true })
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.exec('BEGIN')
    const tasks = db.prepare<[], StoredTask>('SELECT * FROM tasks ORDER BY number').all()
    const byId = new Map(tasks.map((task) => [task.id, task]))
    expect(byId.size).toBe(tasks.length)
    checkAcknowledged(ledger, tasks, byId)
    checkFinals(seen, byId, round)
    checkAttempts(db, tasks)
    checkEvents(db, byId)
    return checkCounts(db, tasks)
  } finally {
    db.close()
  }
}

function checkAcknowledged(
  ledger: Ledger,
  tasks: readonly StoredTask[],
  byId: ReadonlyMap<string, StoredTask>,
): void {
  const lost = [...ledger.submitted].filter(([key, id]) => byId.get(id)?.idempotency_key !== key)
  expect(lost, 'acknowledged submits that are not there').toEqual([])
  const keys = tasks.flatMap(({ idempotency_key: key }) => (key === null ? [] : [key]))
  expect(new Set(keys).size, 'tasks of one idempotency key').toBe(keys.length)
  const known = new Set([...ledger.submitted.keys(), ...ledger.unsure.keys()])
  expect(
    keys.filter((key) => !known.has(key)),
    'tasks that nobody submitted',
  ).toEqual([])
  for (const id of ledger.cancelled) {
    const { state, is_cancel_requested: isRequested } = byId.get(id)!
    expect(
      state === 'cancelled' || (state === 'running' && isRequested === 1),
      `an acknowledged cancel: ${state}`,
    ).toBe(true)
  }
  const replays = tasks.flatMap(({ replay_of: of }) => (of === null ? [] : [of]))
  expect(new Set(replays).size, 'dead letters that were reprocessed twice').toBe(replays.length)
  for (const of of replays) expect(byId.get(of)!.is_dead_letter).toBe(0)
}

function checkFinals({ finals }: SeenStore, byId: ReadonlyMap<string, StoredTask>, round: number): void {
  for (const { row } of finals.values()) expect(byId.get(row.id)).toMatchObject(row)
  for (const { is_dead_letter: isDead, updated_at: _updatedAt, ...row } of byId.values()) {
    expect(isDead === 0 || row.state === 'failed').toBe(true)
    if (!isFinal(row.state)) continue
    if (row.state === 'succeeded')
      expect(JSON.parse(row.result!)).toBe((JSON.parse(row.kwargs) as { n: number }).n * 2)
    else if (row.state === 'failed')
      expect(row.name === 'doomed' || row.error!.includes('PoisonTaskError'), row.error!).toBe(true)
    if (!finals.has(row.id)) finals.set(row.id, { row, round })
  }
}

/** The timeline has every attempt but the last one, which is on the task itself until another follows. */
function checkAttempts(db: Database.Database, tasks: readonly StoredTask[]): void {
  const kept = new Map<number, number[]>()
  const rows = db
    .prepare<[], { number: number; attempt: number }>(
      'SELECT task_number AS number, attempt FROM attempts ORDER BY task_number, attempt',
    )
    .all()
  for (const { number, attempt } of rows) kept.set(number, [...(kept.get(number) ?? []), attempt])
  for (const task of tasks) {
    const attempts = kept.get(task.number) ?? []
    expect(attempts, `attempts of ${task.id}`).toEqual(attempts.map((_, index) => index + 1))
    expect(task.attempt - attempts.length, `${task.state} after ${attempts.length}`).toBeOneOf(
      task.state === 'running' ? [1] : isFinal(task.state) ? [0, 1] : [0],
    )
    expect(task.excused_attempts).toBeLessThanOrEqual(task.attempt)
    if (task.state === 'running') expect(task.worker_id).not.toBeNull()
  }
}

function checkEvents(db: Database.Database, byId: ReadonlyMap<string, StoredTask>): void {
  const texts = db.prepare<[], string>('SELECT events FROM event_batches ORDER BY last_seq').pluck().all()
  const events = texts.flatMap((text) => JSON.parse(text) as { seq: number; type: string; taskId: string }[])
  expect(events.every(({ seq }, index) => seq === index + 1)).toBe(true)
  const submitted = events.filter(({ type }) => BEGINNINGS.includes(type)).map(({ taskId }) => taskId)
  expect(new Set(submitted)).toEqual(new Set(byId.keys()))
  expect(submitted).toHaveLength(byId.size)
  const ended = events.filter(({ type }) => FINAL_EVENTS.includes(type))
  const endedIds = new Set(ended.map(({ taskId }) => taskId))
  expect(endedIds.size, 'tasks that ended twice').toBe(ended.length)
  for (const { taskId, type } of ended) expect(`task.${byId.get(taskId)!.state}`).toBe(type)
  for (const { id, state } of byId.values()) expect(endedIds.has(id)).toBe(isFinal(state))
}

function checkCounts(db: Database.Database, tasks: readonly StoredTask[]): Readonly<Record<string, number>> {
  const counted = new Map<string, number>()
  const byState: Record<string, number> = {}
  for (const { queue, state } of tasks) {
    counted.set(`${queue}/${state}`, (counted.get(`${queue}/${state}`) ?? 0) + 1)
    byState[state] = (byState[state] ?? 0) + 1
  }
  const kept = db
    .prepare<[], { queue: string; state: string; count: number }>(
      'SELECT * FROM state_counts WHERE count <> 0',
    )
    .all()
  expect(new Map(kept.map(({ queue, state, count }) => [`${queue}/${state}`, count]))).toEqual(counted)
  const totals = db
    .prepare<[], string>('SELECT totals FROM task_totals')
    .pluck()
    .all()
    .map((text) => JSON.parse(text) as Record<string, number>)
  const sum = (field: string) => totals.reduce((all, each) => all + each[field]!, 0)
  expect({
    submitted: sum('submitted'),
    succeeded: sum('succeeded'),
    failed: sum('failed'),
    timedOut: sum('timedOut'),
    cancelled: sum('cancelled'),
  }).toEqual({
    submitted: tasks.length,
    succeeded: byState['succeeded'] ?? 0,
    failed: byState['failed'] ?? 0,
    timedOut: byState['timed_out'] ?? 0,
    cancelled: byState['cancelled'] ?? 0,
  })
  return byState
}
