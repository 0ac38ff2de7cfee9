import { type } from '@orpc/contract'
import * as z from 'zod'
import type { Queue } from '../domain/queue.ts'
import { backoff, durationMs, maxRetries, queueName } from './fields.ts'
import { procedure } from './procedure.ts'

const named = z.object({ name: queueName })

/** What is left out stays; null takes the queue's own setting away. The broker checks the ranges. */
const settings = z.strictObject({
  concurrency: z.number().int().nullable().exactOptional(),
  rateLimit: z.strictObject({ count: z.number().int(), perMs: z.number().int() }).nullable().exactOptional(),
  timeoutMs: durationMs.nullable().exactOptional(),
  queueTimeoutMs: durationMs.nullable().exactOptional(),
  maxRetries: maxRetries.nullable().exactOptional(),
  backoff: backoff.nullable().exactOptional(),
  retentionMs: z.number().int().nullable().exactOptional(),
  retentionCount: z.number().int().nullable().exactOptional(),
})

export const queueCalls = {
  list: procedure.output(type<readonly Queue[]>()),
  get: procedure.input(named).output(type<Queue>()),
  setPaused: procedure.input(named.extend({ isPaused: z.boolean() })).output(type<Queue>()),
  /** A queue nobody has named before exists from then on. */
  update: procedure.input(named.extend({ changes: settings })).output(type<Queue>()),
  /** Deletes what waits; answers how many. */
  purge: procedure.input(named).output(type<number>()),
}
