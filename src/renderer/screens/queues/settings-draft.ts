import { parseGoDuration } from '../../../shared/domain/go-duration.ts'
import { MAX_DURATION_MS, MAX_MAX_RETRIES } from '../../../shared/domain/limits.ts'
import type { QueueSettings } from '../../../shared/domain/queue-settings.ts'
import { writeDuration } from '../tasks/actions/replay-draft.ts'

/** What the form of a queue's settings holds: text, as typed; empty for "none of its own". */
export interface SettingsDraft {
  readonly concurrency: string
  readonly rateCount: string
  readonly ratePer: string
  readonly timeout: string
  readonly queueTimeout: string
  readonly maxRetries: string
  readonly backoffBase: string
  readonly backoffFactor: string
  readonly backoffCap: string
  readonly retention: string
  readonly retentionCount: string
}

export type SettingsProblems = Partial<Record<keyof SettingsDraft, string>>

const YEAR_MS = 365 * 24 * 3_600_000
const text = (value: number | null | undefined) => (value == null ? '' : String(value))
const duration = (value: number | null | undefined) => (value == null ? '' : writeDuration(value))

export function draftOfSettings(settings: QueueSettings): SettingsDraft {
  const { concurrency, rateLimit, timeoutMs, queueTimeoutMs, maxRetries, backoff } = settings
  return {
    concurrency: text(concurrency),
    rateCount: text(rateLimit?.count),
    ratePer: duration(rateLimit?.perMs ?? 1000),
    timeout: duration(timeoutMs),
    queueTimeout: duration(queueTimeoutMs),
    maxRetries: text(maxRetries),
    backoffBase: duration(backoff?.baseMs),
    backoffFactor: text(backoff?.factor),
    backoffCap: duration(backoff?.capMs),
    retention: duration(settings.retentionMs),
    retentionCount: text(settings.retentionCount),
  }
}

type Reading =
  | { readonly changes: Partial<QueueSettings>; readonly problems: null }
  | { readonly problems: SettingsProblems }

/** Reads the form: only what differs from the settings as they are, or what is wrong with which field. */
export function readSettingsDraft(draft: SettingsDraft, settings: QueueSettings): Reading {
  const problems: { -readonly [Key in keyof SettingsProblems]: SettingsProblems[Key] } = {}
  const whole = (field: keyof SettingsDraft, least: number, most: number) => {
    const typed = draft[field].trim()
    if (typed === '') return null
    const value = Number(typed)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    problems[field] = `A whole number from ${least} to ${most}, or empty.`
    return null
  }
  const time = (field: keyof SettingsDraft, least: number, most: number) => {
    const typed = draft[field].replaceAll(/\s/g, '')
    if (typed === '') return null
    const value = parseGoDuration(typed)
    if (value !== null && value >= least && value <= most) return value
    problems[field] = 'A duration as 500ms, 30s, 5m or 1h30m, or empty.'
    return null
  }
  const count = whole('rateCount', 1, 1_000_000)
  const perMs = time('ratePer', 1, MAX_DURATION_MS)
  if (count !== null && perMs === null) problems.ratePer ??= 'Say for how long the count is.'
  const baseMs = time('backoffBase', 0, MAX_DURATION_MS)
  const capMs = time('backoffCap', 0, MAX_DURATION_MS)
  const factor = readFactor(draft.backoffFactor, problems)
  const given = [baseMs, capMs, factor].filter((value) => value !== null).length
  const hasTypedBackoff = [draft.backoffBase, draft.backoffCap, draft.backoffFactor].some(
    (typed) => typed.trim() !== '',
  )
  if (hasTypedBackoff && given < 3) {
    if (baseMs === null) problems.backoffBase ??= 'All three, or none.'
    if (factor === null) problems.backoffFactor ??= 'All three, or none.'
    if (capMs === null) problems.backoffCap ??= 'All three, or none.'
  }
  const read: QueueSettings = {
    concurrency: whole('concurrency', 1, 100_000),
    rateLimit: count === null || perMs === null ? null : { count, perMs },
    timeoutMs: time('timeout', 1, MAX_DURATION_MS),
    queueTimeoutMs: time('queueTimeout', 1, MAX_DURATION_MS),
    maxRetries: whole('maxRetries', 0, MAX_MAX_RETRIES),
    backoff:
      baseMs === null || factor === null || capMs === null
        ? null
        : { baseMs, factor, capMs, jitter: settings.backoff?.jitter ?? 'full' },
    retentionMs: time('retention', 1000, 10 * YEAR_MS),
    retentionCount: whole('retentionCount', 0, 100_000_000),
  }
  if (Object.keys(problems).length > 0) return { problems }
  const changed = Object.entries(read).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(settings[key as keyof QueueSettings]),
  )
  return { changes: Object.fromEntries(changed), problems: null }
}

function readFactor(
  typed: string,
  problems: { -readonly [Key in keyof SettingsProblems]: SettingsProblems[Key] },
): number | null {
  if (typed.trim() === '') return null
  const value = Number(typed)
  if (value >= 1 && value <= 100) return value
  problems.backoffFactor = 'A number from 1 to 100, or empty.'
  return null
}
