import { csvLine } from '../../../../shared/domain/csv.ts'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { maskInText } from '../../../ui/json/mask-in-text.ts'
import { maskedText } from '../../../ui/json/masked-text.ts'

export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** A value of a task as it leaves the window. Of `json` the text is JSON itself, with its secrets masked. */
type Field =
  | { readonly name: string; readonly value: string | number | boolean | null }
  | { readonly name: string; readonly json: string | null }

/** The fields of both formats, in their order. Nothing in them is secret: what a secret key says is masked. */
function fieldsOf(task: Task, secretWords: readonly string[]): readonly Field[] {
  const masked = (json: string | null) => (json === null ? null : maskedText(json, secretWords).text)
  const saidOf = (text = '') => (text === '' ? null : maskInText(text, secretWords).text)
  return [
    { name: 'id', value: task.id },
    { name: 'name', value: task.name },
    { name: 'state', value: task.state },
    { name: 'queue', value: task.queue },
    { name: 'priority', value: task.priority },
    { name: 'attempt', value: task.attempt },
    { name: 'maxRetries', value: task.maxRetries },
    { name: 'createdAt', value: isoOf(task.createdAt) },
    { name: 'runAt', value: isoOf(task.runAt) },
    { name: 'startedAt', value: isoOf(task.startedAt) },
    { name: 'finishedAt', value: isoOf(task.finishedAt) },
    { name: 'workerId', value: task.workerId },
    { name: 'isDeadLetter', value: task.isDeadLetter },
    { name: 'errorType', value: task.error?.type ?? null },
    { name: 'errorMessage', value: saidOf(task.error?.message) },
    { name: 'args', json: masked(task.args) },
    { name: 'kwargs', json: masked(task.kwargs) },
    { name: 'result', json: masked(task.result) },
    { name: 'metadata', json: masked(JSON.stringify(task.metadata)) },
  ]
}

/** What stands before the first task, between two, and after the last. */
export const FRAMES: Readonly<Record<ExportFormat, { before: string; between: string; after: string }>> = {
  // Some spreadsheets read UTF-8 only behind a byte order mark.
  csv: { before: '\u{FEFF}', between: '', after: '' },
  json: { before: '[\n', between: ',\n', after: '\n]\n' },
}

/** The line that names the columns; JSON has none. */
export function headOf(format: ExportFormat, task: Task): string {
  return format === 'csv' ? csvLine(fieldsOf(task, []).map(({ name }) => name)) : ''
}

/** One task; numbers in its payloads stay as they were written, also those that no double holds. */
export function writeTask(format: ExportFormat, task: Task, secretWords: readonly string[]): string {
  const fields = fieldsOf(task, secretWords)
  if (format === 'csv')
    return csvLine(
      fields.map((field) => {
        if ('json' in field) return field.json
        return typeof field.value === 'boolean' ? String(field.value) : field.value
      }),
    )
  const members = fields.map((field) => {
    const value = 'json' in field ? (field.json ?? 'null') : JSON.stringify(field.value)
    return `"${field.name}": ${value}`
  })
  return `{ ${members.join(', ')} }`
}

const isoOf = (at: EpochMs | null) => (at === null ? null : new Date(at).toISOString())
