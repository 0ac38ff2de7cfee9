import { createHash } from 'node:crypto'
import { type Json, toJsonText } from '../../../shared/domain/json.ts'
import { withSortedKeys } from '../with-sorted-keys.ts'

/** What `unique` locks: queue, type and payload. The order of a payload's keys makes no difference. */
export function uniqueKeyOf(queue: string, type: string, payload: Json): string {
  const hash = createHash('sha256')
    .update(toJsonText(withSortedKeys(payload)))
    .digest('hex')
  return `asynq:${queue}:${type}:${hash}`
}
