import type { ReplayChanges } from '../../../../shared/domain/task.ts'
import { parseGoDuration } from '../../../../shared/domain/go-duration.ts'
import { findJsonExcess, type JsonText } from '../../../../shared/domain/json.ts'
import {
  MAX_BODY_BYTES,
  MAX_DURATION_MS,
  MAX_MAX_RETRIES,
  MAX_PRIORITY,
  MIN_PRIORITY,
  QUEUE_NAME_PATTERN,
} from '../../../../shared/domain/limits.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { JsonSourceError, parseJsonSource, type JsonNode } from '../../../ui/json/parse-json-source.ts'
import { prettyJson } from '../../../ui/json/pretty-json.ts'
import { writeJson } from '../../../ui/json/write-json.ts'

/** What the form of "edit and run again" holds: text, as typed. */
export interface ReplayDraft {
  readonly kwargs: string
  readonly args: string
  readonly queue: string
  readonly priority: string
  readonly maxRetries: string
  /** As `30s`, `5m` or `1h30m`. */
  readonly timeout: string
}

export type ReplayProblems = Partial<Record<keyof ReplayDraft, string>>

type Replayable = Pick<Task, 'kwargs' | 'args' | 'queue' | 'priority' | 'maxRetries' | 'timeoutMs'>

export function draftOfTask(task: Replayable): ReplayDraft {
  return {
    kwargs: prettyJson(task.kwargs),
    args: prettyJson(task.args),
    queue: task.queue,
    priority: String(task.priority),
    maxRetries: String(task.maxRetries),
    timeout: writeDuration(task.timeoutMs),
  }
}

/**
 * Reads the form: only what differs from the task, so that the rest is repeated byte for byte; or what is
 * wrong with which field.
 */
export function readReplayDraft(
  draft: ReplayDraft,
  task: Replayable,
): { readonly changes: ReplayChanges; readonly problems: null } | { readonly problems: ReplayProblems } {
  const problems: { -readonly [Key in keyof ReplayProblems]: ReplayProblems[Key] } = {}
  const changes: { -readonly [Key in keyof ReplayChanges]: ReplayChanges[Key] } = {}

  for (const field of ['kwargs', 'args'] as const) {
    const problem = jsonProblem(draft[field], field === 'args')
    if (problem !== null) problems[field] = problem
    else if (!isSameJson(draft[field], task[field])) changes[field] = draft[field].trim() as JsonText // just parsed
  }
  const queue = draft.queue.trim()
  if (!QUEUE_NAME_PATTERN.test(queue)) problems.queue = 'Letters, digits and _ . : - only; 1 to 128.'
  else if (queue !== task.queue) changes.queue = queue

  const priority = readInteger(draft.priority, MIN_PRIORITY, MAX_PRIORITY)
  if (priority === null) problems.priority = `A whole number from ${MIN_PRIORITY} to ${MAX_PRIORITY}.`
  else if (priority !== task.priority) changes.priority = priority

  const maxRetries = readInteger(draft.maxRetries, 0, MAX_MAX_RETRIES)
  if (maxRetries === null) problems.maxRetries = `A whole number from 0 to ${MAX_MAX_RETRIES}.`
  else if (maxRetries !== task.maxRetries) changes.maxRetries = maxRetries

  const timeoutMs = parseGoDuration(draft.timeout.replaceAll(/\s/g, ''))
  if (timeoutMs === null || timeoutMs < 1 || timeoutMs > MAX_DURATION_MS)
    problems.timeout = 'A duration as 30s, 5m or 1h30m; at most 30 days.'
  else if (timeoutMs !== task.timeoutMs) changes.timeoutMs = timeoutMs

  return Object.keys(problems).length > 0 ? { problems } : { changes, problems: null }
}

function jsonProblem(source: string, mustBeList: boolean): string | null {
  let node: JsonNode
  try {
    node = parseJsonSource(source)
  } catch (error) {
    if (error instanceof JsonSourceError) return `${error.message}.`
    throw error
  }
  if (mustBeList && node.kind !== 'array') return 'Positional arguments are a list, as [1, "two"].'
  if (new TextEncoder().encode(source).length > MAX_BODY_BYTES) return 'At most 1 MB.'
  const excess = findJsonExcess(source)
  return excess === null ? null : `It cannot be kept: ${excess}.`
}

/** Whether two JSON texts differ in nothing but how they are laid out. */
function isSameJson(a: string, b: string): boolean {
  try {
    return writeJson(parseJsonSource(a)) === writeJson(parseJsonSource(b))
  } catch (error) {
    if (error instanceof JsonSourceError) return a === b // one of them may be no JSON
    throw error
  }
}

function readInteger(text: string, min: number, max: number): number | null {
  if (text.trim() === '') return null
  const value = Number(text)
  return Number.isInteger(value) && value >= min && value <= max ? value : null
}

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/** Milliseconds as they are typed: `5m`, `1h30m`, `1s500ms`. */
export function writeDuration(milliseconds: number): string {
  let rest = milliseconds
  let text = ''
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) text += `${count}${unit}`
  }
  return text === '' ? '0' : text
}
