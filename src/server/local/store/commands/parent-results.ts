import type { JsonText } from '../../../../shared/domain/json.ts'
import { MAX_PARENT_RESULTS_BYTES } from '../../../../shared/domain/limits.ts'
import type { ParentResults } from '../../../../shared/domain/workflow.ts'
import type { CommandContext } from './command-context.ts'

const PARENTS = `
  FROM workflow_edges e JOIN workflow_nodes n ON n.task_number = e.parent LEFT JOIN tasks t ON t.number = e.parent
  WHERE e.child = ? AND coalesce(t.state, n.gone_state) = 'succeeded'`

/** @returns a function that reads the results of a node's parents, when the node is claimed. */
export function prepareParentResults({ db }: Pick<CommandContext, 'db'>): (number: number) => ParentResults {
  const size = db
    .prepare<[number], number>(
      `SELECT coalesce(sum(octet_length(coalesce(t.result, n.gone_result))), 0) ${PARENTS}`,
    )
    .pluck()
  const results = db.prepare<[number], { key: string; result: JsonText }>(
    `SELECT n.key, coalesce(t.result, n.gone_result, 'null') AS result ${PARENTS}`,
  )
  return (number) => {
    const bytes = size.get(number)!
    if (bytes > MAX_PARENT_RESULTS_BYTES) return { kind: 'too_large', bytes }
    return {
      kind: 'results',
      byKey: Object.fromEntries(results.all(number).map(({ key, result }) => [key, result])),
    }
  }
}
