import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { workerNotFound } from '../../../../shared/domain/errors.ts'
import type { EventType } from '../../../../shared/domain/event.ts'
import type { Json } from '../../../../shared/domain/json.ts'
import type { WorkerRegistration } from '../../../../shared/domain/worker-port.ts'
import { type ExternalWorkerRow, parseNames } from '../worker-rows.ts'
import type { CommandContext } from './command-context.ts'

/** What may be changed of an external worker; what is left out stays. */
export interface WorkerChanges {
  readonly isPaused?: boolean
  readonly isDraining?: boolean
  readonly concurrency?: number
  readonly declaredStatus?: string
}

/** Keeps who the external workers are. Each command answers the worker as it is afterwards. */
export function prepareExternalWorkers({ db, record, newId }: CommandContext) {
  const nextNumber = db.prepare('INSERT INTO worker_numbers (worker_id) VALUES (?)')
  const keepNumber = db.prepare('INSERT OR IGNORE INTO worker_numbers (worker_id) VALUES (?)')
  const findNumber = db
    .prepare<[string], number>('SELECT number FROM worker_numbers WHERE worker_id = ?')
    .pluck()
  const dropNumber = db.prepare('DELETE FROM worker_numbers WHERE worker_id = ?')
  const insert = db.prepare(`
    INSERT INTO external_workers (number, id, hostname, pid, queues, names, concurrency, declared_status,
                                  registered_at, heartbeat_at, updated_at)
    VALUES (@number, @id, @hostname, @pid, @queues, @names, @concurrency, 'active', @now, @now, @now)`)
  const byId = db.prepare<[string], ExternalWorkerRow>('SELECT * FROM external_workers WHERE id = ?')
  const setHeartbeat = db.prepare(
    'UPDATE external_workers SET heartbeat_at = @now, is_offline = @isOffline WHERE id = @id',
  )
  const setOffline = db.prepare(
    'UPDATE external_workers SET is_offline = 1, updated_at = @now WHERE id = @id',
  )
  const change = db.prepare(`
    UPDATE external_workers SET is_paused = @isPaused, is_draining = @isDraining, concurrency = @concurrency,
                                declared_status = @declaredStatus, updated_at = @now
    WHERE id = @id`)
  const addToTotals = db.prepare(`
    UPDATE external_workers SET succeeded = succeeded + @succeeded, failed = failed + @failed, run_ms = run_ms + @runMs
    WHERE id = @id`)
  const remove = db.prepare('DELETE FROM external_workers WHERE id = ?')
  const countHeld = db
    .prepare<[string], number>(`SELECT count(*) FROM tasks WHERE state = 'running' AND worker_id = ?`)
    .pluck()
  const findForgotten = db
    .prepare<[number, number], string>(
      'SELECT id FROM external_workers WHERE is_offline = 1 AND heartbeat_at < ? ORDER BY number LIMIT ?',
    )
    .pluck()

  /** Throws WORKER_NOT_FOUND. */
  function find(id: string): ExternalWorkerRow {
    const row = byId.get(id)
    if (row === undefined) throw workerNotFound(id)
    return row
  }

  function tell(type: EventType, workerId: string, at: EpochMs, data: Readonly<Record<string, Json>> = {}) {
    record.event({ type, at, taskId: null, queue: null, workerId, data })
  }

  function tellConnected(row: ExternalWorkerRow, now: EpochMs): void {
    tell('worker.connected', row.id, now, {
      hostname: row.hostname,
      queues: [...(parseNames(row.queues) ?? [])],
    })
  }

  function goOffline(id: string, reason: string, now: EpochMs): void {
    setOffline.run({ id, now })
    tell('worker.disconnected', id, now, { reason })
  }

  return {
    find,
    tell,
    goOffline,
    countHeld: (id: string) => countHeld.get(id)!,

    /** A sign of life: one that was offline is back, unless it was drained, which is what it was to be. */
    touch(id: string, now: EpochMs): ExternalWorkerRow {
      const row = find(id)
      const isBack = row.is_offline === 1 && row.is_draining === 0
      setHeartbeat.run({ id, now, isOffline: isBack ? 0 : row.is_offline })
      if (isBack) tellConnected(row, now)
      return find(id)
    },
    /** A draining worker that holds nothing any more is offline. */
    settleDrain(id: string, now: EpochMs): void {
      const row = byId.get(id)
      if (row === undefined || row.is_draining === 0 || row.is_offline === 1) return
      if (countHeld.get(id) === 0) goOffline(id, 'drained', now)
    },
    addToTotals(id: string, totals: { succeeded: number; failed: number; runMs: number }): void {
      addToTotals.run({ id, ...totals })
    },
    /** Its number is never given to another. */
    drop(id: string): void {
      remove.run(id)
      dropNumber.run(id)
    },

    register({ registration, now }: { readonly registration: WorkerRegistration; readonly now: EpochMs }) {
      const id = newId(now)
      const { hostname, concurrency } = registration
      insert.run({
        number: nextNumber.run(id).lastInsertRowid,
        id,
        hostname,
        pid: registration.pid ?? null,
        queues: registration.queues == null ? null : JSON.stringify(registration.queues),
        names: registration.names == null ? null : JSON.stringify(registration.names),
        concurrency,
        now,
      })
      const row = find(id)
      tellConnected(row, now)
      return row
    },
    /** Setting what is set already changes nothing and makes no event. */
    change({
      id,
      changes,
      now,
    }: {
      readonly id: string
      readonly changes: WorkerChanges
      readonly now: EpochMs
    }) {
      const row = find(id)
      const isPaused = changes.isPaused ?? row.is_paused === 1
      const isDraining = changes.isDraining ?? row.is_draining === 1
      const concurrency = changes.concurrency ?? row.concurrency
      const declaredStatus = changes.declaredStatus ?? row.declared_status
      const isStopped = row.is_paused === 1 || row.is_draining === 1
      const isSame =
        isPaused === (row.is_paused === 1) &&
        isDraining === (row.is_draining === 1) &&
        concurrency === row.concurrency &&
        declaredStatus === row.declared_status
      if (isSame) return row
      change.run({
        id,
        isPaused: Number(isPaused),
        isDraining: Number(isDraining),
        concurrency,
        declaredStatus,
        now,
      })
      if (isDraining && row.is_draining === 0) tell('worker.draining', id, now)
      if (isPaused && row.is_paused === 0) tell('worker.paused', id, now)
      if (isStopped && !isPaused && !isDraining) tell('worker.resumed', id, now)
      return find(id)
    },
    /** Numbers of workers that are not kept here: the same for the same id, whatever the restart. */
    numbersOf({ ids }: { readonly ids: readonly string[] }): readonly number[] {
      return ids.map((id) => {
        keepNumber.run(id)
        return findNumber.get(id)!
      })
    },
    /** Workers that have been offline since before `before`. */
    forgotten: (before: EpochMs, limit: number): readonly string[] => findForgotten.all(before, limit),
  }
}
