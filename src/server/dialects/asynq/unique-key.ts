import { createHash } from 'node:crypto'
import { type Json, toJsonText } from '../../../shared/domain/json.ts'

/** What `unique` locks: queue, type and payload. The order of a payload's keys makes no difference. */
export function uniqueKeyOf(queue: string, type: string, payload: Json): string {
  const hash = createHash('sha256')
    .update(toJsonText(withSortedKeys(payload)))
    .digest('hex')
  return `asynq:${queue}:${type}:${hash}`
}

/** Recurses at most as deep as the limit on nesting. */
function withSortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => withSortedKeys(item as Json))
  if (typeof value !== 'object' || value === null || isExactInteger(value)) return value
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Json>>)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, withSortedKeys(item)]),
  )
}

/** An integer kept as its digits; no object that was parsed is without a prototype. */
function isExactInteger(value: object): boolean {
  return Object.getPrototypeOf(value) === null
}
