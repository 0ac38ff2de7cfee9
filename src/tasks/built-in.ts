import { setTimeout as wait } from 'node:timers/promises'
import { defineTask, type TaskContext, type TaskInput } from './api.ts'

/** Handlers that are always there (dialects, "All dialects"). All ignore input they do not know. */

const STEP_MS = 500
const DEFAULT_STEPS = 3
const MAX_STEPS = 10_000

/** Half a second and one progress entry a count, the last 100 %. */
export const demo = defineTask({
  async run({ kwargs }: TaskInput, context: TaskContext) {
    const message = typeof kwargs['message'] === 'string' ? kwargs['message'] : 'Hello'
    const count = wholeNumber(kwargs['count'], DEFAULT_STEPS, MAX_STEPS)
    for (let step = 1; step <= count; step += 1) {
      await wait(STEP_MS, undefined, { signal: context.signal })
      const isLast = step === count
      context.progress(step / count, {
        stage: isLast ? 'completed' : 'processing',
        message: isLast ? 'Done' : `${message} (${step} of ${count})`,
      })
    }
    return { message, count }
  },
})

/** Sleeps for `seconds` or `ms`. */
export const sleep = defineTask({
  async run({ kwargs }: TaskInput, context: TaskContext) {
    const ms = toMs(kwargs)
    await wait(ms, undefined, { signal: context.signal })
    return { sleptMs: ms }
  },
})

/** Throws `message`. */
export const fail = defineTask({
  run({ kwargs }: TaskInput) {
    throw new Error(typeof kwargs['message'] === 'string' ? kwargs['message'] : 'This task always fails')
  },
})

function toMs({ ms, seconds }: Record<string, unknown>): number {
  if (typeof ms === 'number' && ms >= 0) return Math.min(ms, 2 ** 31 - 1)
  if (typeof seconds === 'number' && seconds >= 0) return Math.min(seconds * 1000, 2 ** 31 - 1)
  return 1000
}

function wholeNumber(value: unknown, fallback: number, most: number): number {
  return typeof value === 'number' && value >= 1 ? Math.min(Math.floor(value), most) : fallback
}
