import type { AlertRule, AlertRuleSettings } from '../../../shared/domain/alert.ts'
import { checkAlertRule } from '../../../shared/domain/alert-rules.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import { THRESHOLD_FIELDS } from './alert-words.ts'

/** What the form of a rule holds: text, as typed, in the units of its fields. */
export interface RuleDraft {
  readonly threshold: string
  readonly minimumCount: string
  /** In minutes. */
  readonly cooldown: string
}

export type RuleReading =
  | { readonly changes: Omit<AlertRuleSettings, 'isEnabled'>; readonly problems: null }
  | { readonly changes: null; readonly problems: Partial<Record<keyof RuleDraft, string>> }

const MINUTE_MS = 60_000

export function draftOfRule({ type, threshold, minimumCount, cooldownMs }: AlertRule): RuleDraft {
  return {
    threshold: String(Number((threshold / THRESHOLD_FIELDS[type].factor).toPrecision(12))),
    minimumCount: String(minimumCount),
    cooldown: String(Number((cooldownMs / MINUTE_MS).toPrecision(12))),
  }
}

/** Reads a draft: what it changes, or what is wrong with which field. The broker's own ranges hold. */
export function readRuleDraft({ type }: AlertRule, draft: RuleDraft): RuleReading {
  const { factor, unit } = THRESHOLD_FIELDS[type]
  const threshold = readNumber(draft.threshold, factor)
  const minimumCount = readNumber(draft.minimumCount, 1)
  const cooldownMs = readNumber(draft.cooldown, MINUTE_MS)
  const problems = {
    ...(isAllowed(type, { threshold }) ? {} : { threshold: `This is no possible number of ${unit}.` }),
    ...(isAllowed(type, { minimumCount }) ? {} : { minimumCount: 'A whole number, 0 or more.' }),
    ...(isAllowed(type, { cooldownMs }) ? {} : { cooldown: 'A number of minutes, 0 or more.' }),
  }
  return Object.keys(problems).length > 0
    ? { changes: null, problems }
    : { changes: { threshold, minimumCount, cooldownMs }, problems: null }
}

/** NaN for what is no number. Floating point leaves nothing behind: 0.29 is 0.29. */
function readNumber(text: string, factor: number): number {
  return text.trim() === '' ? Number.NaN : Number((Number(text) * factor).toPrecision(12))
}

function isAllowed(type: AlertRule['type'], changes: Partial<AlertRuleSettings>): boolean {
  try {
    checkAlertRule(type, changes)
    return true
  } catch (error) {
    if (isBrokerError(error, 'INVALID_REQUEST')) return false
    throw error
  }
}
