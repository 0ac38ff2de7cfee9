import type { Untold } from '../../../../shared/domain/capabilities.ts'
import { NO_ARGS } from '../../../../shared/domain/json.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { formatDuration } from '../../../ui/format/duration.ts'
import { maskInText } from '../../../ui/json/mask-in-text.ts'
import { parseJsonSource, type JsonNode } from '../../../ui/json/parse-json-source.ts'
import { STATE_LOOKS } from '../../../ui/state/task-state.ts'
import { compareTexts, untoldRow, type ComparedRow } from './compare-fields.ts'

const FACTS: readonly (readonly [string, keyof Task, (task: Task) => string | null])[] = [
  ['State', 'state', ({ state }) => STATE_LOOKS[state].word],
  ['Name', 'name', ({ name }) => name],
  ['Queue', 'queue', ({ queue }) => queue],
  ['Worker', 'workerId', ({ workerId }) => workerId],
  ['Attempts', 'attempt', ({ attempt }) => String(attempt)],
  ['Retries allowed', 'maxRetries', ({ maxRetries }) => String(maxRetries)],
  ['Priority', 'priority', ({ priority }) => String(priority)],
  ['Timeout', 'timeoutMs', ({ timeoutMs }) => formatDuration(timeoutMs)],
]

/**
 * What came of the runs and with which settings. Times are drawn, and not in here.
 * @param untold what the broker does not tell of a task
 */
export function factRows(tasks: readonly Task[], untold: Untold['task']): readonly ComparedRow[] {
  return FACTS.map(([label, field, read]) =>
    untold.includes(field) ? untoldRow(label, tasks.length) : compareTexts(label, tasks.map(read)),
  )
}

/** Why each run failed, if it did; JSON in what is said has its secrets masked. */
export function errorRows(tasks: readonly Task[], words: readonly string[]): readonly ComparedRow[] {
  if (tasks.every(({ error }) => error === null)) return []
  const parts = [
    ['Type', 'type'],
    ['Message', 'message'],
    ['Caused by', 'cause'],
    ['Traceback', 'traceback'],
  ] as const
  return parts.map(([label, part]) => {
    const texts = tasks.map(({ error }) => error?.[part] ?? null)
    const shown = texts.map((text) => (text === null ? null : maskInText(text, words).text))
    const compared = compareTexts(label, texts)
    const cells = compared.cells.map((cell, index) => ({ ...cell, text: shown[index] ?? null }))
    return { ...compared, cells }
  })
}

/** The input as one value: arguments by name alone, or both kinds where a run has positional ones. */
export function inputsOf(tasks: readonly Task[]): readonly JsonNode[] {
  const hasArgs = tasks.some(({ args }) => args !== NO_ARGS)
  return tasks.map(({ args, kwargs }) => {
    if (!hasArgs) return parse(kwargs)
    return {
      kind: 'object',
      entries: [
        { key: '"args"', value: parse(args) },
        { key: '"kwargs"', value: parse(kwargs) },
      ],
    }
  })
}

export const resultsOf = (tasks: readonly Task[]): readonly (JsonNode | null)[] =>
  tasks.map(({ result }) => (result === null ? null : parse(result)))

/** What is no JSON (a broker that we attach to may store anything) counts as one text. */
function parse(json: string): JsonNode {
  try {
    return parseJsonSource(json)
  } catch {
    return { kind: 'string', text: JSON.stringify(json) }
  }
}
