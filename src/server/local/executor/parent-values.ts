import { parseJsonWithBigInts } from '../../../shared/domain/json.ts'
import { MAX_PARENT_RESULTS_BYTES } from '../../../shared/domain/limits.ts'
import type { ParentResults } from '../../../shared/domain/workflow.ts'

/**
 * What `context.parents` is. Throws when the results are too large together: a retry would find them
 * as large again, so the error asks for none.
 */
export function toParentValues(parents: ParentResults | null): Readonly<Record<string, unknown>> {
  if (parents === null) return {}
  if (parents.kind === 'too_large')
    throw Object.assign(
      new RangeError(
        `The results of the parents have ${parents.bytes} bytes together; at most ${MAX_PARENT_RESULTS_BYTES} are handed over. Let them return where their results are stored.`,
      ),
      { retry: false },
    )
  return Object.fromEntries(
    Object.entries(parents.byKey).map(([key, text]) => [key, parseJsonWithBigInts(text)]),
  )
}
