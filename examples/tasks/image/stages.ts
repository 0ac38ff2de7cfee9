import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TaskContext } from 'penstock/tasks'
import { isLost, lost } from './lost.ts'

/**
 * Stages of a pipeline as tasks of their own. A task holds its thread while it waits, so if as many
 * pipelines as there are threads only waited for their stages, none would ever run. Therefore whoever
 * comes first does a stage: its own task, or, when that has not begun after a moment, the pipeline.
 */

const HELP_AFTER_MS = 500
const LOOK_EVERY_MS = 20
/** A stage whose process died says nothing more. */
const STAGE_LIMIT_MS = 120_000

/** One attempt of one pipeline; where its files are. */
export interface Run {
  readonly pipeline: string
  readonly attempt: number
}

const ROOT = join(tmpdir(), 'penstock-images')

/** The folder of a run. Stages are tasks that anybody may submit: nothing else of theirs becomes a path. */
export function folderOf({ pipeline, attempt }: Run): string {
  if (typeof pipeline !== 'string' || !/^[0-9a-f-]{36}$/.test(pipeline) || !Number.isInteger(attempt))
    throw lost('A stage is submitted by its pipeline: image_super_resolution_pipeline.')
  return join(ROOT, `${pipeline}-${attempt}`)
}

export const openRun = (run: Run) => mkdir(folderOf(run), { recursive: true, mode: 0o700 })
export const closeRun = (run: Run) => rm(folderOf(run), { recursive: true, force: true })

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly isLost: boolean }

/** @returns whether the stage is the caller's to do now. */
async function claim(folder: string, stage: string): Promise<boolean> {
  try {
    await mkdir(join(folder, `${stage}.claimed`))
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Somebody does it already, or the pipeline is over.
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw error
  }
}

async function tell(folder: string, stage: string, outcome: Outcome): Promise<void> {
  const file = join(folder, `${stage}.json`)
  await writeFile(`${file}.part`, JSON.stringify(outcome))
  await rename(`${file}.part`, file)
}

async function outcomeOf(folder: string, stage: string): Promise<Outcome | null> {
  try {
    return JSON.parse(await readFile(join(folder, `${stage}.json`), 'utf8')) as Outcome
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** What the task of a stage does: its work, unless the pipeline has begun it or is over. */
export async function doStage<Value>(run: Run, stage: string, work: () => Promise<Value>): Promise<unknown> {
  const folder = folderOf(run)
  if (!(await claim(folder, stage))) return { done_by: 'its pipeline' }
  try {
    const value = await work()
    await tell(folder, stage, { ok: true, value })
    return value
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    await tell(folder, stage, { ok: false, message, isLost: isLost(error) })
    throw error
  }
}

export interface Stage<Value> {
  readonly name: string
  /** The queue tells what kind of work it is. */
  readonly queue: 'io' | 'cpu'
  readonly kwargs: Readonly<Record<string, unknown>>
  /** The same work as that of its task. */
  readonly work: () => Promise<Value>
}

/** Submits a stage as a task and answers what came of it, whoever did it. */
export async function runStage<Value>(run: Run, stage: Stage<Value>, context: TaskContext): Promise<Value> {
  const { name, queue, kwargs, work } = stage
  const folder = folderOf(run)
  await context.submit({
    name: `image_${name}`,
    queue,
    // Before pipelines that have not begun.
    priority: 10,
    // Retrying is the pipeline's business.
    maxRetries: 0,
    kwargs: { ...kwargs, ...run },
    idempotencyKey: `${run.pipeline}/${run.attempt}/${name}`,
  })
  const since = performance.now()
  for (;;) {
    const outcome = await outcomeOf(folder, name)
    if (outcome?.ok === true) return outcome.value as Value
    if (outcome !== null)
      throw Object.assign(new Error(outcome.message), outcome.isLost ? { retry: false } : {})
    const waitedMs = performance.now() - since
    if (waitedMs > STAGE_LIMIT_MS)
      throw new Error(`The stage '${name}' did not end within ${STAGE_LIMIT_MS / 1000} s.`)
    if (waitedMs > HELP_AFTER_MS && (await claim(folder, name))) return work()
    await pause(LOOK_EVERY_MS, undefined, { signal: context.signal })
  }
}
