import { type } from '@orpc/contract'
import * as z from 'zod'
import type { Worker } from '../domain/worker.ts'
import { MAX_WORKER_CONCURRENCY, MIN_WORKER_CONCURRENCY } from '../domain/worker-port.ts'
import { byId, byNumber, queueName } from './fields.ts'
import { procedure } from './procedure.ts'

const slots = z.number().int().min(MIN_WORKER_CONCURRENCY).max(MAX_WORKER_CONCURRENCY)

export const workerCalls = {
  list: procedure.output(type<readonly Worker[]>()),
  get: procedure.input(byId).output(type<Worker>()),
  getByNumber: procedure.input(byNumber).output(type<Worker>()),
  setPaused: procedure.input(byId.extend({ isPaused: z.boolean() })).output(type<Worker>()),
  /** Takes no more tasks, finishes what it has, and is offline then. */
  drain: procedure.input(byId).output(type<Worker>()),
  resize: procedure.input(byId.extend({ concurrency: slots })).output(type<Worker>()),
  remove: procedure.input(byId).output(type<void>()),
  /** Another pool of threads, until the program ends. */
  addLocal: procedure
    .input(
      z.strictObject({
        name: z.string().min(1).max(64),
        /** Null means every queue. */
        queues: z.array(queueName).min(1).max(1000).nullable(),
        threads: slots,
      }),
    )
    .output(type<Worker>()),
}
