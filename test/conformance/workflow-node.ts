import type { NewWorkflowNode, OnFailure, Workflow } from '../../src/shared/domain/workflow.ts'

/** A node that runs `echo`, once, unless `task` says otherwise. */
export function node(
  key: string,
  parents: readonly string[] = [],
  task: Partial<NewWorkflowNode['task']> = {},
  onFailure: OnFailure = 'fail',
): NewWorkflowNode {
  return { key, parents, onFailure, task: { name: 'echo', maxRetries: 0, ...task } }
}

export const statesOf = (workflow: Workflow) =>
  Object.fromEntries(workflow.nodes.map(({ key, state }) => [key, state]))
export const nodeOf = (workflow: Workflow, wanted: string) =>
  workflow.nodes.find(({ key }) => key === wanted)!
