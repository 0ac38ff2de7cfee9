import { createPreference } from '../../../ui/preference.ts'

/** The columns that can be left out, in their order. State, name and when, which sorts, always stay. */
export const TASK_COLUMNS = [
  { value: 'id', label: 'Id' },
  { value: 'queue', label: 'Queue' },
  { value: 'worker', label: 'Worker' },
  { value: 'priority', label: 'Priority' },
  { value: 'attempt', label: 'Attempt' },
  { value: 'submitted', label: 'Submitted' },
  { value: 'ran', label: 'Ran' },
] as const

export type TaskColumn = (typeof TASK_COLUMNS)[number]['value']

export const DEFAULT_COLUMNS: readonly TaskColumn[] = ['id', 'queue', 'attempt']

/** Columns that were stored, in the order of the table; null when that is no list. */
export function readColumns(stored: unknown): readonly TaskColumn[] | null {
  if (!Array.isArray(stored)) return null
  return TASK_COLUMNS.map(({ value }) => value).filter((column) => stored.includes(column))
}

export const taskColumns = createPreference<readonly TaskColumn[]>({
  key: 'penstock.taskColumns',
  read: readColumns,
  initial: DEFAULT_COLUMNS,
})

/** With the column, or without it; in the order of the table. */
export function toggleColumn(columns: readonly TaskColumn[], column: TaskColumn): readonly TaskColumn[] {
  const next = columns.includes(column) ? columns.filter((each) => each !== column) : [...columns, column]
  return readColumns(next) ?? DEFAULT_COLUMNS
}
