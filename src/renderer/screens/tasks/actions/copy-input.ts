import { NO_ARGS, NO_KWARGS, type JsonText } from '../../../../shared/domain/json.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { readInput } from '../../../app/submit/submit-draft.ts'
import { prettyJson } from '../../../ui/json/pretty-json.ts'

/** What is edited of a task's input: one text, or two where it has both kinds. */
export function inputParts({ args, kwargs }: Pick<Task, 'args' | 'kwargs'>) {
  if (args === NO_ARGS) return [{ label: 'Input (JSON)', text: prettyJson(kwargs) }]
  if (kwargs === NO_KWARGS) return [{ label: 'Input (JSON)', text: prettyJson(args) }]
  return [
    { label: 'Positional input (a list)', text: prettyJson(args) },
    { label: 'Input by name (an object)', text: prettyJson(kwargs) },
  ]
}

interface ReadParts {
  readonly input: { readonly args?: JsonText; readonly kwargs?: JsonText }
  /** Of each part; null where it is well. */
  readonly problems: readonly (string | null)[]
}

/** The input that one or two edited texts mean. */
export function readParts(texts: readonly string[]): ReadParts {
  const readings = texts.map(readInput)
  const problems = readings.map((reading, index) => {
    if ('problem' in reading) return reading.problem
    if (texts.length === 1) return null
    const isRight = index === 0 ? 'args' in reading : 'kwargs' in reading
    return isRight ? null : index === 0 ? 'A list, as [1, 2].' : 'An object, as { "count": 5 }.'
  })
  const well = readings.filter((_, index) => problems[index] === null)
  return { input: Object.assign({}, ...well) as ReadParts['input'], problems }
}
