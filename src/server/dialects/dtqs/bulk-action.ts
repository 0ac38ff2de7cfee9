import type { FastifyReply } from 'fastify'
import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import type { Broker } from '../../../shared/domain/broker.ts'
import type { BulkOperation, NewBulk } from '../../../shared/domain/bulk-port.ts'
import { type bulkBody, toSearchQuery } from './search-wire.ts'

/** How long an answer waits for the last task. */
const WAIT_MS = 30_000
const FIRST_LOOK_MS = 10
const LAST_LOOK_MS = 500

const ACTION_ON_WIRE = {
  retry: 'retry',
  cancel: 'cancel',
  priority: 'priority_boost',
} as const

export function toNewBulk(body: z.output<typeof bulkBody>): NewBulk {
  const query = toSearchQuery(body)
  return body.action === 'priority_boost'
    ? { action: 'priority', query, priority: body.new_priority }
    : { action: body.action, query }
}

/**
 * Starts an action and answers what came of it: 200 when it is done, 202 with how far it is when that
 * takes longer than half a minute, and it goes on.
 */
export async function runBulkAction(broker: Broker, reply: FastifyReply, bulk: NewBulk): Promise<object> {
  let operation = await broker.startBulk(bulk)
  let passedMs = 0
  for (let lookMs = FIRST_LOOK_MS; operation.state === 'running' && passedMs < WAIT_MS;) {
    await wait(lookMs)
    passedMs += lookMs
    lookMs = Math.min(lookMs * 2, LAST_LOOK_MS)
    operation = await broker.getOperation(operation.id)
  }
  if (operation.state === 'running') void reply.code(202)
  return toBulkAnswer(operation)
}

/** Of any operation, also one of another face. */
export function toBulkAnswer({ id, action, state, done, matched, skipped, reasons, reason }: BulkOperation) {
  return {
    action: action in ACTION_ON_WIRE ? ACTION_ON_WIRE[action as keyof typeof ACTION_ON_WIRE] : action,
    affected_tasks: done,
    total_matched: matched ?? 0,
    skipped_tasks: skipped,
    skipped_reasons: reasons,
    operation_id: id,
    status: state,
    error_message: reason,
  }
}
