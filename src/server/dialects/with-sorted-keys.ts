import { isJsonObject, type Json } from '../../shared/domain/json.ts'

/**
 * The same value with the keys of its objects in order: two that mean the same are written the same.
 * Recurses at most as deep as the limit on nesting.
 */
export function withSortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => withSortedKeys(item as Json))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, withSortedKeys(item)]),
  )
}
