import type {
  Alert,
  AlertRuleChanges,
  AlertRuleSettings,
  AlertSubject,
  AlertType,
} from '../../../../shared/domain/alert.ts'
import { type AlertChange, alertKey } from '../../../../shared/domain/alert-rules.ts'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { alertNotFound } from '../../../../shared/domain/errors.ts'
import type { EventType } from '../../../../shared/domain/event.ts'
import { ALERT_COLUMNS, type AlertRow, toAlert } from '../alert-rows.ts'
import type { CommandContext } from './command-context.ts'

/** Keeps alerts and the rules they are raised by. */
export function prepareAlerts({ db, record, newId }: CommandContext) {
  const byId = db.prepare<[string], AlertRow>(`SELECT ${ALERT_COLUMNS} FROM alerts WHERE id = ?`)
  const openByKey = db.prepare<[string], AlertRow>(
    `SELECT ${ALERT_COLUMNS} FROM alerts WHERE key = ? AND cleared_at IS NULL`,
  )
  const insert = db.prepare(`
    INSERT INTO alerts (id, key, type, severity, message, queue, worker_id, name, value, threshold, count, seen,
                        raised_at, updated_at)
    VALUES (@id, @key, @type, @severity, @message, @queue, @workerId, @name, @value, @threshold, @count, @seen,
            @now, @now)`)
  const update = db.prepare(`
    UPDATE alerts SET message = @message, value = @value, count = @count, seen = @seen, updated_at = @now
    WHERE number = @number`)
  const clear = db.prepare('UPDATE alerts SET cleared_at = @now, updated_at = @now WHERE number = @number')
  const acknowledge = db.prepare(
    'UPDATE alerts SET acknowledged_at = @now, updated_at = @now WHERE number = @number',
  )
  const forget = db.prepare(`
    DELETE FROM alerts WHERE number IN (
      SELECT number FROM alerts INDEXED BY alerts_cleared WHERE cleared_at IS NOT NULL AND cleared_at < ?
      ORDER BY cleared_at LIMIT ?)`)
  const findChanges = db.prepare<[string], string>('SELECT changes FROM alert_rules WHERE type = ?').pluck()
  const setChanges = db.prepare('INSERT OR REPLACE INTO alert_rules (type, changes) VALUES (?, ?)')

  function tell(type: EventType, { id: alertId, ...alert }: Alert, at: EpochMs): void {
    const { type: alertType, severity, message, queue, workerId, name, count } = alert
    const data = { alertId, alertType, severity, message, name, count }
    record.event({ type, at, taskId: null, queue, workerId, data })
  }

  function apply(change: AlertChange, now: EpochMs): void {
    const key = alertKey(change satisfies AlertSubject)
    const open = openByKey.get(key)
    if (change.kind === 'raise') {
      if (open !== undefined) return
      const { kind: _, ...raised } = change
      insert.run({ ...raised, id: newId(now), key, now })
      tell('alert.raised', toAlert(openByKey.get(key)!), now)
    } else if (open === undefined) return
    else if (change.kind === 'update') {
      const { message, value, count, seen } = change
      update.run({ number: open.number, message, value, count, seen, now })
    } else {
      clear.run({ number: open.number, now })
      tell('alert.cleared', toAlert({ ...open, cleared_at: now }), now)
    }
  }

  return {
    /** What does not fit what is open any more is passed over: the next look will tell anew. */
    applyAlerts({ changes, now }: { readonly changes: readonly AlertChange[]; readonly now: EpochMs }): void {
      for (const change of changes) apply(change, now)
    },
    /** Throws ALERT_NOT_FOUND. A second time changes nothing and makes no event. */
    acknowledgeAlert({ id, now }: { readonly id: string; readonly now: EpochMs }): Alert {
      const row = byId.get(id)
      if (row === undefined) throw alertNotFound(id)
      if (row.acknowledged_at !== null) return toAlert(row)
      acknowledge.run({ number: row.number, now })
      const alert = toAlert(byId.get(id)!)
      tell('alert.acknowledged', alert, now)
      return alert
    },
    /** Deletes up to `limit` that were cleared before `before`; answers how many. */
    forgetAlerts({ before, limit }: { readonly before: EpochMs; readonly limit: number }): number {
      return forget.run(before, limit).changes
    },
    /** Adds to what was changed before. */
    changeAlertRule({
      type,
      changes,
    }: {
      readonly type: AlertType
      readonly changes: AlertRuleChanges
    }): void {
      const before = JSON.parse(findChanges.get(type) ?? '{}') as Partial<AlertRuleSettings>
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      setChanges.run(type, JSON.stringify({ ...before, ...given }))
    },
  }
}
