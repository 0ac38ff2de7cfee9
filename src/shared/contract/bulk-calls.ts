import { type } from '@orpc/contract'
import * as z from 'zod'
import { BULK_ACTIONS, type BulkOperation } from '../domain/bulk-port.ts'
import { byId, priority, taskConditions } from './fields.ts'
import { procedure } from './procedure.ts'

/** One action on everything that matches a filter. */
export const bulkCalls = {
  /** Answers at once; `get` tells how far it has come. */
  start: procedure
    .input(
      z.strictObject({
        action: z.enum(BULK_ACTIONS),
        query: z.strictObject(taskConditions),
        /** With the action `priority`, and only there. */
        priority: priority.optional(),
        /** With the action `cancel`, and only there: running attempts are stopped. */
        terminate: z.boolean().optional(),
        /** With the action `retry`, and only there: what succeeded is run again too. */
        withSucceeded: z.boolean().optional(),
      }),
    )
    .output(type<BulkOperation>()),
  get: procedure.input(byId).output(type<BulkOperation>()),
  cancel: procedure.input(byId).output(type<BulkOperation>()),
  list: procedure.output(type<readonly BulkOperation[]>()),
}
