import {
  type Alert,
  ALERT_TYPES,
  type AlertPage,
  type AlertRule,
  type AlertRuleSettings,
  type AlertState,
} from '../../../../shared/domain/alert.ts'
import { DEFAULT_ALERT_RULES, type KnownAlert } from '../../../../shared/domain/alert-rules.ts'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
import type { DegradationMark } from '../../../../shared/domain/resilience.ts'
import { ALERT_COLUMNS, type AlertRow, toAlert } from '../alert-rows.ts'
import type { ReadableDatabase } from '../open-database.ts'

const DEFAULT_LIMIT = 100

const CONDITIONS: Readonly<Record<AlertState | 'open', string>> = {
  open: 'cleared_at IS NULL',
  active: 'cleared_at IS NULL AND acknowledged_at IS NULL',
  acknowledged: 'cleared_at IS NULL AND acknowledged_at IS NOT NULL',
  cleared: 'cleared_at IS NOT NULL',
}

export function prepareReadAlerts(db: ReadableDatabase) {
  const newest = (condition: string) =>
    db.prepare<[], AlertRow>(
      `SELECT ${ALERT_COLUMNS} FROM alerts WHERE ${condition} ORDER BY number DESC LIMIT ${MAX_PAGE_SIZE}`,
    )
  const lists = {
    open: newest(CONDITIONS.open),
    active: newest(CONDITIONS.active),
    acknowledged: newest(CONDITIONS.acknowledged),
    cleared: newest(CONDITIONS.cleared),
  }
  const page = db.prepare<[number, number], AlertRow>(
    `SELECT ${ALERT_COLUMNS} FROM alerts WHERE number < ? ORDER BY number DESC LIMIT ?`,
  )
  const open = db.prepare<[], AlertRow>(
    `SELECT ${ALERT_COLUMNS} FROM alerts INDEXED BY alerts_open WHERE cleared_at IS NULL`,
  )
  const clearedSince = db.prepare<[number], AlertRow>(
    `SELECT ${ALERT_COLUMNS} FROM alerts INDEXED BY alerts_cleared WHERE cleared_at IS NOT NULL AND cleared_at > ?`,
  )
  const rules = db.prepare<[], { type: string; changes: string }>('SELECT type, changes FROM alert_rules')
  const marks = db.prepare<[], string>('SELECT mark FROM degradations').pluck()

  return {
    alerts: ({ state }: { readonly state?: AlertState | undefined }): readonly Alert[] =>
      lists[state ?? 'open'].all().map(toAlert),
    /** Throws INVALID_REQUEST for a cursor of another list. */
    alertHistory({
      limit: asked,
      cursor,
    }: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
    }): AlertPage {
      const limit = Math.min(asked ?? DEFAULT_LIMIT, MAX_PAGE_SIZE)
      const rows = page.all(parseCursor(cursor), limit + 1)
      const shown = rows.slice(0, limit)
      return {
        alerts: shown.map(toAlert),
        next: rows.length > limit ? String(shown.at(-1)!.number) : null,
      }
    },
    alertRules(_request: null): readonly AlertRule[] {
      const changes = new Map(
        rules.all().map((row) => [row.type, JSON.parse(row.changes) as Partial<AlertRuleSettings>]),
      )
      return ALERT_TYPES.map((type) => ({ ...DEFAULT_ALERT_RULES[type], ...changes.get(type) }))
    },
    /** What is open, and what was cleared after `since`. */
    knownAlerts: ({ since }: { readonly since: EpochMs }): readonly KnownAlert[] =>
      [...open.all(), ...clearedSince.all(since)].map((row) => ({
        type: row.type,
        queue: row.queue,
        workerId: row.worker_id,
        name: row.name,
        value: row.value,
        count: row.count,
        seen: row.seen,
        clearedAt: row.cleared_at,
      })),
    degradations: (_request: null): readonly DegradationMark[] =>
      marks.all().map((mark) => JSON.parse(mark) as DegradationMark),
  }
}

function parseCursor(cursor: string | undefined): number {
  const number = Number(cursor ?? Number.MAX_SAFE_INTEGER)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new BrokerError(
    'INVALID_REQUEST',
    `'${cursor}' is no cursor of the alert history; leave it out for the first page.`,
    { path: 'cursor' },
  )
}
