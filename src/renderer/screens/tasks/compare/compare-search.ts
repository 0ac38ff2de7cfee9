import { MAX_ID_LENGTH } from '../tasks-search.ts'

export const LEAST_RUNS = 2
const MOST_RUNS = 4

/** What the address of a comparison says. */
export interface CompareSearch {
  /** Ids with commas between them; the first is what the others are compared with. */
  readonly runs?: string | undefined
  /** Only what differs; everything when not given. */
  readonly only?: 'differences' | undefined
  /** Field by field when not given. */
  readonly view?: 'lines' | undefined
  /** Attempts are drawn from where each run began when not given. */
  readonly axis?: 'clock' | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseCompareSearch({ runs, only, view, axis }: Record<string, unknown>): CompareSearch {
  return {
    // The router reads `runs=42` as a number.
    runs: typeof runs === 'string' || typeof runs === 'number' ? String(runs) : undefined,
    only: only === 'differences' ? only : undefined,
    view: view === 'lines' ? view : undefined,
    axis: axis === 'clock' ? axis : undefined,
  }
}

/** The runs to compare, each once; at most four. */
export function readRuns(runs: string | undefined): readonly string[] {
  const ids = (runs ?? '').split(',').map((id) => id.trim())
  return [...new Set(ids)].filter((id) => id !== '' && id.length <= MAX_ID_LENGTH).slice(0, MOST_RUNS)
}

export const writeRuns = (ids: readonly string[]): string => ids.join(',')

/** Why so many tasks cannot be compared; null when they can. */
export function whyNotComparable(count: number): string | null {
  return count >= LEAST_RUNS && count <= MOST_RUNS ? null : `tick ${LEAST_RUNS} to ${MOST_RUNS} tasks`
}

/** What a run is called in a comparison: A, B, C, D. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index)
