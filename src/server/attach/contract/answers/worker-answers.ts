import * as z from 'zod'
import { type HandlerList, type Worker, WORKER_STATUSES } from '../../../../shared/domain/worker.ts'
import { count, instant, nullableNumber, nullableText } from './fields.ts'

const texts = z.array(z.string())

export const worker: z.ZodType<Worker> = z.object({
  id: z.string(),
  number: z.int(),
  kind: z.enum(['local', 'external']),
  hostname: z.string(),
  pid: nullableNumber,
  status: z.enum(WORKER_STATUSES),
  declaredStatus: z.string(),
  queues: texts.nullable(),
  names: texts.nullable(),
  concurrency: count,
  running: z.array(z.object({ taskId: z.string(), name: z.string(), queue: z.string(), startedAt: instant })),
  succeeded: count,
  failed: count,
  meanRunMs: nullableNumber,
  startedAt: instant,
  lastHeartbeatAt: instant,
  updatedAt: instant,
})
export const workers = z.array(worker)

export const handlerList: z.ZodType<HandlerList> = z.object({
  handlers: z.array(
    z.object({
      name: z.string(),
      file: nullableText,
      timeoutMs: nullableNumber,
      maxRetries: nullableNumber,
      checksInput: z.boolean(),
    }),
  ),
  problems: z.array(z.object({ file: z.string(), message: z.string() })),
  external: z.array(z.object({ name: z.string(), workerIds: texts })),
})
