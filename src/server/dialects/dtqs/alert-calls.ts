import * as z from 'zod'
import {
  type Alert,
  ALERT_TYPES,
  type AlertRule,
  type AlertType,
  OTHER_ALERT,
} from '../../../shared/domain/alert.ts'
import { alertNotFound, BrokerError } from '../../../shared/domain/errors.ts'
import { id as idField, instantText, word } from '../../attach/answer-fields.ts'
import { isSegment, type JsonCalls, pathOf } from '../../attach/json-calls.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import type { AnsweredCalls } from '../../attach/limit-broker.ts'
import { formatPosition, parsePosition } from '../../attach/list-position.ts'
import { pageLimit } from '../../attach/page-limit.ts'
import { fromUnit, toUnit } from './alert-wire.ts'
import { count, text, toldPage } from './told-task.ts'

const figure = z.number().min(0).max(1e15)
/** Which types and severities there are is left open by the document: another word than ours fails nothing. */
const toldAlert = z.object({
  alert_id: idField,
  type: word,
  severity: word,
  description: text,
  created_at: instantText,
  acknowledged: z.boolean(),
  acknowledged_at: instantText.nullish(),
  cleared_at: instantText.nullish(),
  updated_at: instantText.nullish(),
  queue_name: text.nullish(),
  worker_id: text.nullish(),
  task_name: text.nullish(),
  // What is no such number, as below zero, is as good as not told.
  value: figure.nullish().catch(null),
  threshold: figure.nullish().catch(null),
  count: count.default(1),
})
const toldAlerts = toldPage('alerts', toldAlert)
const toldRule = z.object({
  type: z.enum(ALERT_TYPES),
  severity: word,
  enabled: z.boolean(),
  threshold: figure,
  minimum_count: count,
  cooldown_seconds: figure,
})

/** Null for one of a type that is none of ours: what its numbers count is not known. */
const toldRules = z.object({
  rules: z
    .array(z.union([toldRule, z.object({ type: word.refine((type) => !isOwn(type)) }).transform(() => null)]))
    .max(100),
})

/** Whatever is not said to be critical is a warning. */
const toSeverity = (told: string) => (told.toUpperCase() === 'CRITICAL' ? 'critical' : 'warning')
const isOwn = (type: string): type is AlertType => ALERT_TYPES.some((own) => own === type)
const PATH = '/api/v1/alerts'
/** Most alerts that one question is answered with. */
const MOST = 1000

/** @param isWide whether it also keeps those that were acknowledged and those that are over. */
export function alertCalls(calls: JsonCalls, isWide: boolean): Partial<AnsweredCalls> {
  const fetch = async (
    below: string,
    query: { readonly acknowledged?: boolean; readonly limit?: number; readonly offset?: number },
  ) => {
    const { total, items } = await calls.read(toldAlerts, { path: `${PATH}${below}`, query })
    return { total: total ?? items.length, alerts: items.map(toAlert) }
  }
  const readOpen = async (isAcknowledged: boolean) =>
    (await fetch('', isWide ? { acknowledged: isAcknowledged, limit: MOST } : {})).alerts

  return {
    async listAlerts({ state }) {
      if (state === 'cleared')
        return (await fetch('/history', { limit: MOST })).alerts.filter((alert) => alert.state === state)
      if (!isWide) {
        const open = await readOpen(false)
        return state === undefined ? open : open.filter((alert) => alert.state === state)
      }
      if (state !== undefined) return readOpen(state === 'acknowledged')
      const [active, seen] = await Promise.all([readOpen(false), readOpen(true)])
      return [...active, ...seen].toSorted((one, other) => other.raisedAt - one.raisedAt).slice(0, MOST)
    },
    async acknowledgeAlert(id) {
      if (!isSegment(id)) throw alertNotFound(id)
      const path = pathOf`/api/v1/alerts/${id}/acknowledge`
      return toAlert(await calls.write(toldAlert, { method: 'POST', path }))
    },
    async alertHistory({ limit, cursor }) {
      const size = pageLimit(limit)
      const position = parsePosition(cursor, 'newest')
      const from =
        position === null ? 0 : Math.max(0, (await fetch('/history', { limit: 1 })).total - position)
      const { total, alerts } = await fetch('/history', { limit: size, offset: from })
      const left = total - from - alerts.length
      const hasMore = left > 0 && alerts.length > 0
      return { alerts, next: hasMore ? formatPosition({ order: 'newest', fromOldest: left }) : null }
    },
    async alertRules() {
      const { rules } = await calls.read(toldRules, { path: `${PATH}/rules` })
      return rules.flatMap((rule) => (rule === null ? [] : [toRule(rule)]))
    },
    async updateAlertRule(type, { isEnabled, threshold, minimumCount, cooldownMs }) {
      if (!ALERT_TYPES.includes(type))
        throw new BrokerError('INVALID_REQUEST', `'type' must be one of ${ALERT_TYPES.join(', ')}.`, {
          path: 'type',
        })
      const body = objectText({
        enabled: textOf(isEnabled),
        threshold: textOf(threshold === undefined ? undefined : toUnit(type, threshold)),
        minimum_count: textOf(minimumCount),
        cooldown_seconds: textOf(cooldownMs === undefined ? undefined : cooldownMs / 1000),
      })
      return toRule(
        await calls.write(toldRule, { method: 'PATCH', path: pathOf`/api/v1/alerts/rules/${type}`, body }),
      )
    },
  }
}

function toAlert(told: z.output<typeof toldAlert>): Alert {
  const clearedAt = told.cleared_at ?? null
  const open = told.acknowledged ? 'acknowledged' : 'active'
  const type = isOwn(told.type) ? told.type : OTHER_ALERT
  const measure = (figure: number | null | undefined) =>
    figure == null || type === OTHER_ALERT ? null : fromUnit(type, figure)
  return {
    id: told.alert_id,
    type,
    severity: toSeverity(told.severity),
    message:
      type === OTHER_ALERT && told.type !== OTHER_ALERT
        ? `${told.type}: ${told.description}`
        : told.description,
    state: clearedAt === null ? open : 'cleared',
    queue: told.queue_name ?? null,
    workerId: told.worker_id ?? null,
    name: told.task_name ?? null,
    value: measure(told.value),
    threshold: measure(told.threshold),
    count: told.count,
    raisedAt: told.created_at,
    updatedAt: told.updated_at ?? clearedAt ?? told.acknowledged_at ?? told.created_at,
    acknowledgedAt: told.acknowledged_at ?? (told.acknowledged ? told.created_at : null),
    clearedAt,
  }
}

function toRule(told: z.output<typeof toldRule>): AlertRule {
  return {
    type: told.type,
    severity: toSeverity(told.severity),
    isEnabled: told.enabled,
    threshold: fromUnit(told.type, told.threshold),
    minimumCount: told.minimum_count,
    cooldownMs: told.cooldown_seconds * 1000,
  }
}
