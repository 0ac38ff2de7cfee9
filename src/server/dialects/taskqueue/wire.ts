import * as z from 'zod'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { type Json, parseJson } from '../../../shared/domain/json.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import type { Metadata, Task } from '../../../shared/domain/task.ts'
import { parseInstant } from '../instant.ts'
import { wholeNumber } from '../read-input.ts'
import type { taskAnswer } from './answers.ts'
import { TASKQUEUE_STATES, toTaskqueueState } from './states.ts'

export const DEFAULT_WIRE_PRIORITY = 2

/** The document's levels, by number, name and the domain's priority. */
const PRIORITIES = [
  { number: 1, name: 'LOW', priority: 2 },
  { number: 2, name: 'MEDIUM', priority: 5 },
  { number: 3, name: 'HIGH', priority: 8 },
  { number: 4, name: 'CRITICAL', priority: 10 },
] as const

/** @param level 1 to 4 */
export function toDomainPriority(level: number): number {
  return PRIORITIES.find(({ number }) => number === level)!.priority
}

/** The nearest level; of two that are equally near, the lower. */
export function toWirePriority(priority: number): number {
  const distance = (level: { readonly priority: number }) => Math.abs(level.priority - priority)
  return PRIORITIES.toSorted((one, other) => distance(one) - distance(other))[0]!.number
}

/** A level by number or, in any case, by name. Reads as its number. */
export const wirePriority = z
  .union([z.number(), z.string()], 'must be 1 to 4, or LOW, MEDIUM, HIGH or CRITICAL')
  .transform((given, context) => {
    const level = PRIORITIES.find(
      ({ number, name }) => number === given || name === String(given).toUpperCase(),
    )
    if (level !== undefined) return level.number
    context.issues.push({
      code: 'custom',
      input: given,
      message: 'must be 1 to 4, or LOW, MEDIUM, HIGH or CRITICAL',
    })
    return z.NEVER
  })

const DEFAULT_LIMIT = 100
export const taskListQuery = z.object({
  skip: wholeNumber.default(0),
  limit: wholeNumber
    .refine((limit) => limit <= MAX_PAGE_SIZE, `must be at most ${MAX_PAGE_SIZE}`)
    .default(DEFAULT_LIMIT),
  status: z
    .string('must be given once')
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(TASKQUEUE_STATES, `must be one of ${TASKQUEUE_STATES.join(', ')}`))
    .meta({ type: 'string', enum: TASKQUEUE_STATES })
    .optional(),
})

/** UTC without a zone, as the document writes it; whole seconds without a fraction. */
export function naiveInstant(at: EpochMs): string {
  return new Date(at).toISOString().replace(/(?:\.000)?Z$/, '')
}

const naiveInstantOrNull = (at: EpochMs | null): string | null => (at === null ? null : naiveInstant(at))

/** Among a task's tags: when it was asked to run. Its `runAt` is moved on by retries and pauses. */
const SCHEDULED_AT = 'scheduled_at'

/** The tags of a task that is asked to run at that instant; null is as soon as possible. */
export function withScheduledAt(metadata: Metadata, at: EpochMs | null): Metadata {
  const { [SCHEDULED_AT]: _before, ...rest } = metadata
  return at === null ? rest : { ...rest, [SCHEDULED_AT]: naiveInstant(at) }
}

/** When the task was asked to run, null for as soon as possible. */
export function scheduledAtOf({ metadata, state, runAt, createdAt }: Task): EpochMs | null {
  const kept = metadata[SCHEDULED_AT]
  const at = typeof kept === 'string' ? parseInstant(kept) : null
  if (at !== null) return at
  return state === 'scheduled' && runAt > createdAt ? runAt : null
}

/** Integer ids of workers by the domain's. */
export type WorkerNumbers = ReadonlyMap<string, number>

export function toTask(task: Task, workerNumbers: WorkerNumbers): z.output<typeof taskAnswer> {
  return {
    id: task.number,
    name: task.name,
    payload: parseJson(task.kwargs),
    priority: toWirePriority(task.priority),
    scheduled_at: naiveInstantOrNull(scheduledAtOf(task)),
    status: toTaskqueueState(task.state),
    created_at: naiveInstant(task.createdAt),
    updated_at: naiveInstant(task.updatedAt),
    started_at: naiveInstantOrNull(task.startedAt),
    completed_at: naiveInstantOrNull(task.finishedAt),
    worker_id: task.workerId === null ? null : (workerNumbers.get(task.workerId) ?? null),
    result: toResult(task),
    error: toError(task),
  }
}

const toResult = ({ result }: Task): Json => (result === null ? null : parseJson(result))

/** Of the last attempt, also while the task waits for the next. */
function toError({ state, error }: Task): string | null {
  if (state === 'cancelled') return 'Task was cancelled'
  return error?.message ?? null
}
