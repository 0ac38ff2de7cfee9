import type { JsonText } from '../../../shared/domain/json.ts'
import {
  DEFAULT_QUEUE,
  MAX_EPOCH_MS,
  MAX_MAX_RETRIES,
  MAX_PRIORITY,
  MAX_TASK_NAME_LENGTH,
  MIN_PRIORITY,
  QUEUE_NAME_PATTERN,
} from '../../../shared/domain/limits.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { JsonSourceError, parseJsonSource } from '../../ui/json/parse-json-source.ts'

/** What the submit form holds: text, as typed. Empty means the default. */
export interface SubmitDraft {
  readonly name: string
  readonly queue: string
  /** JSON: an object becomes `kwargs`, a list `args`. */
  readonly input: string
  readonly priority: string
  readonly maxRetries: string
  /** As `<input type="datetime-local">` writes it, in the reader's time zone. */
  readonly runAt: string
}

export const EMPTY_DRAFT: SubmitDraft = {
  name: '',
  queue: '',
  input: '{}',
  priority: '',
  maxRetries: '',
  runAt: '',
}

export type DraftProblems = Partial<Record<keyof SubmitDraft, string>>

export type DraftReading =
  | { readonly task: SubmitTask & { readonly queue: string }; readonly problems: null }
  | { readonly task: null; readonly problems: DraftProblems }

/** Reads a draft: the task it means, or what is wrong with which field. */
export function readDraft(draft: SubmitDraft): DraftReading {
  const name = draft.name.trim()
  const queue = draft.queue.trim() || DEFAULT_QUEUE
  const input = readInput(draft.input)
  const priority = readInteger(draft.priority, MIN_PRIORITY, MAX_PRIORITY)
  const maxRetries = readInteger(draft.maxRetries, 0, MAX_MAX_RETRIES)
  const runAt = readInstant(draft.runAt)

  const problems: DraftProblems = {
    ...(name === '' && { name: 'Say which handler runs it.' }),
    ...(name.length > MAX_TASK_NAME_LENGTH && { name: `At most ${MAX_TASK_NAME_LENGTH} characters.` }),
    ...(!QUEUE_NAME_PATTERN.test(queue) && { queue: 'Letters, digits and _ . : - only; at most 128.' }),
    ...('problem' in input && { input: input.problem }),
    ...(priority === null && { priority: `A whole number from ${MIN_PRIORITY} to ${MAX_PRIORITY}.` }),
    ...(maxRetries === null && { maxRetries: `A whole number from 0 to ${MAX_MAX_RETRIES}.` }),
    ...(runAt === null && { runAt: 'A date and a time.' }),
  }
  if (
    Object.keys(problems).length > 0 ||
    'problem' in input ||
    priority === null ||
    maxRetries === null ||
    runAt === null
  ) {
    return { task: null, problems }
  }
  return { task: { name, queue, ...input, priority, maxRetries, runAt }, problems: null }
}

/**
 * Reads a draft whose input has hidden values in it.
 * @param read puts them in their places again, or says why it cannot
 */
export function readHiddenDraft(
  draft: SubmitDraft,
  read: (text: string) => { readonly text: string; readonly problem: string | null },
): DraftReading {
  const { text, problem } = read(draft.input)
  const reading = readDraft({ ...draft, input: text })
  return problem === null ? reading : { task: null, problems: { ...reading.problems, input: problem } }
}

type InputReading = { readonly args: JsonText } | { readonly kwargs: JsonText } | { readonly problem: string }

/** The input exactly as typed: what is sent is what was written, big integers included. */
export function readInput(text: string): InputReading {
  const source = text.trim() || '{}'
  try {
    const { kind } = parseJsonSource(source)
    if (kind === 'object') return { kwargs: source as JsonText } // it has just been parsed
    if (kind === 'array') return { args: source as JsonText }
    return { problem: 'The input is an object, as { "count": 5 }, or a list, as [1, 2].' }
  } catch (error) {
    if (error instanceof JsonSourceError) return { problem: `${error.message}.` }
    throw error
  }
}

/** Undefined when empty, null when it is not a whole number in range. */
function readInteger(text: string, min: number, max: number): number | undefined | null {
  if (text.trim() === '') return undefined
  const value = Number(text)
  return Number.isInteger(value) && value >= min && value <= max ? value : null
}

function readInstant(text: string): number | undefined | null {
  if (text === '') return undefined
  const at = Date.parse(text)
  return Number.isFinite(at) && at >= 0 && at <= MAX_EPOCH_MS ? at : null
}
