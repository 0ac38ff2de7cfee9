import { type } from '@orpc/contract'
import * as z from 'zod'
import type { FailureGroup } from '../domain/broker.ts'
import type { TaskReceipt } from '../domain/task.ts'
import { id, queueName } from './fields.ts'
import { procedure } from './procedure.ts'

const selection = z.strictObject({
  queue: queueName,
  selection: z.union([z.strictObject({ taskIds: z.array(id).min(1).max(10_000) }), z.literal('all')]),
})

/** Of one queue at a time, each call one transaction. A whole group is a bulk operation by its fingerprint. */
export const deadLetterCalls = {
  groups: procedure
    .input(z.object({ queue: queueName.optional(), limit: z.number().int().min(1).max(100) }))
    .output(type<readonly FailureGroup[]>()),
  reprocess: procedure.input(selection).output(type<readonly TaskReceipt[]>()),
  /** Answers how many were deleted. */
  purge: procedure.input(selection).output(type<number>()),
}
