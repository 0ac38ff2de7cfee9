import { type } from '@orpc/contract'
import * as z from 'zod'
import { type Alert, ALERT_STATES, ALERT_TYPES, type AlertPage, type AlertRule } from '../domain/alert.ts'
import { byId, page } from './fields.ts'
import { procedure } from './procedure.ts'

export const alertCalls = {
  /** Without `state`: what is not cleared. */
  list: procedure
    .input(z.strictObject({ state: z.enum(ALERT_STATES).optional() }))
    .output(type<readonly Alert[]>()),
  history: procedure.input(z.strictObject(page)).output(type<AlertPage>()),
  acknowledge: procedure.input(byId).output(type<Alert>()),
  rules: procedure.output(type<readonly AlertRule[]>()),
  /** What is left out stays. The broker checks the ranges, which differ by type. */
  updateRule: procedure
    .input(
      z.object({
        type: z.enum(ALERT_TYPES),
        changes: z.strictObject({
          isEnabled: z.boolean().optional(),
          threshold: z.number().optional(),
          minimumCount: z.number().optional(),
          cooldownMs: z.number().optional(),
        }),
      }),
    )
    .output(type<AlertRule>()),
}
