import { type } from '@orpc/contract'
import * as z from 'zod'
import {
  COMPONENTS,
  DEGRADATION_STRATEGIES,
  type DegradationMark,
  MAX_DEGRADATION_MS,
  MIN_DEGRADATION_MS,
  type Resilience,
} from '../domain/resilience.ts'
import { queueName } from './fields.ts'
import { procedure } from './procedure.ts'

const component = z.enum(COMPONENTS)

/** Health of the parts, and going on with less while one of them ails. */
export const resilienceCalls = {
  get: procedure.output(type<Resilience>()),
  markDegraded: procedure
    .input(
      z.strictObject({
        component,
        strategy: z.enum(DEGRADATION_STRATEGIES),
        ttlMs: z.number().int().min(MIN_DEGRADATION_MS).max(MAX_DEGRADATION_MS).optional(),
        fallbackQueue: queueName.optional(),
      }),
    )
    .output(type<DegradationMark>()),
  /** Whether who asks for a result may be made to wait for it. */
  mayWaitForResults: procedure.output(type<boolean>()),
  /** Answers whether there was a mark. */
  clear: procedure.input(z.object({ component })).output(type<boolean>()),
}
