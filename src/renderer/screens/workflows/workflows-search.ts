import { WORKFLOW_STATES, type WorkflowState } from '../../../shared/domain/workflow.ts'

/** What the address of the page Workflows says. */
export interface WorkflowsSearch {
  readonly state?: WorkflowState | undefined
  /** Id of the workflow whose graph is shown; the list when not given. */
  readonly open?: string | undefined
  /** Key of its node that is open. */
  readonly node?: string | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseWorkflowsSearch({ state, open, node }: Record<string, unknown>): WorkflowsSearch {
  // The router reads `node=42` as a number.
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
  return { state: WORKFLOW_STATES.find((known) => known === state), open: text(open), node: text(node) }
}
