import type { SubmitTask } from '../../src/shared/domain/task.ts'
import { FENCE, lineOf } from './read-markdown.ts'

/** What becomes of a sample's task; every part that is given has to be so. */
export interface SampleRun {
  readonly submit: Omit<SubmitTask, 'args' | 'kwargs'> & {
    readonly kwargs?: Readonly<Record<string, unknown>>
  }
  /** Asks the task to end, once it runs. */
  readonly cancel?: { readonly terminate: boolean }
  readonly ends: Readonly<Record<string, unknown>> & { readonly state: string }
  /** From the end of the first attempt to the next one. */
  readonly retryAfterMs?: number
}

/** A block of code that a page shows, and the comment before it that says how to run it. */
export interface Sample {
  /** Where it is, as `docs/tasks.md:20`. */
  readonly place: string
  readonly file: string
  readonly code: string
  /** Packages that the tasks folder must have. */
  readonly packages: readonly string[]
  readonly runs: readonly SampleRun[]
}

/** The comment at the end of the text before a block, and no earlier one. */
const MARK = /<!-- sample\n(?<settings>(?:(?!-->)[^])*)-->\n\n$/

/**
 * The TypeScript blocks of a page, each with its runs.
 * @throws Error naming the block that no comment says how to run.
 */
export function readSamples(page: string, text: string): readonly Sample[] {
  return [...text.matchAll(FENCE)].flatMap(({ index, groups }) => {
    if (groups!['language'] !== 'ts') return []
    const place = `${page}:${lineOf(text, index)}`
    const settings = MARK.exec(text.slice(0, index))?.groups?.['settings']
    if (settings === undefined) throw new Error(`${place}: nothing says how to run this block`)
    const { file, packages, runs } = JSON.parse(settings) as Partial<Sample>
    if (file === undefined || runs === undefined || runs.length === 0)
      throw new Error(`${place}: its comment must name the file and at least one run`)
    return [{ place, file, code: groups!['code']!, packages: packages ?? [], runs }]
  })
}
