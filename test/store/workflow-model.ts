import fc from 'fast-check'
import { expect } from 'vitest'
import { isFinal, type TaskState } from '../../src/shared/domain/state.ts'
import type { NewWorkflow, Workflow, WorkflowNode, WorkflowState } from '../../src/shared/domain/workflow.ts'

/** Small graphs of every shape: parents are drawn from the nodes before. */
export const workflows: fc.Arbitrary<NewWorkflow> = fc
  .array(
    fc.record({
      picks: fc.array(fc.nat(), { maxLength: 3 }),
      onFailure: fc.constantFrom('fail' as const, 'fail' as const, 'skip' as const),
      queue: fc.constantFrom('a', 'b'),
      maxRetries: fc.constantFrom(0, 0, 1),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((nodes) => ({
    name: 'w',
    nodes: nodes.map(({ picks, onFailure, queue, maxRetries }, index) => ({
      key: `n${index}`,
      parents: index === 0 ? [] : [...new Set(picks.map((pick) => `n${pick % index}`))],
      onFailure,
      task: { name: 't', queue, maxRetries },
    })),
  }))

/** Everything a workflow promises of itself, whatever happened to it and to its tasks. */
export function checkWorkflow(workflow: Workflow): void {
  const byKey = new Map(workflow.nodes.map((node) => [node.key, node]))
  for (const node of workflow.nodes) {
    const parents = node.parents.map((key) => byKey.get(key)!)
    if (node.blockedBy > 0) expect(['scheduled', 'paused', 'cancelled']).toContain(node.state)
    if (node.attempt > 0) expect(parents.every(letsGo)).toBe(true)
    if (isFinal(node.state)) continue
    if (workflow.isCancelRequested) expect(node.state).toBe('running')
    expect(node.blockedBy).toBe(parents.filter((parent) => !letsGo(parent)).length)
    expect(parents.every((parent) => !isFinal(parent.state) || letsGo(parent))).toBe(true)
  }
  const inState = (state: TaskState) => workflow.nodes.filter((node) => node.state === state).length
  const { skipped: _skipped, ...ended } = workflow.ended
  expect(ended).toEqual({
    succeeded: inState('succeeded'),
    failed: inState('failed'),
    timedOut: inState('timed_out'),
    cancelled: inState('cancelled'),
  })
  expect(workflow.state).toBe(expectedState(workflow))
  expect(workflow.finishedAt !== null).toBe(workflow.state !== 'running')
  expect(workflow.total).toBe(workflow.nodes.length)
}

/** A node whose end lets its children go. */
function letsGo({ state, onFailure }: WorkflowNode): boolean {
  return state === 'succeeded' || (isFinal(state) && onFailure === 'skip')
}

function expectedState({ nodes, isCancelRequested }: Workflow): WorkflowState {
  if (nodes.some(({ state }) => !isFinal(state))) return 'running'
  const needed = nodes.filter(({ onFailure }) => onFailure === 'fail').map(({ state }) => state)
  if (needed.includes('failed') || needed.includes('timed_out')) return 'failed'
  return isCancelRequested || needed.includes('cancelled') ? 'cancelled' : 'succeeded'
}
