import { expect, it } from 'vitest'
import type { GraphNode } from '../../../../shared/domain/workflow-graph.ts'
import { layOutGraph } from './lay-out-graph.ts'
import { nextNode } from './next-node.ts'

const nodes: readonly GraphNode[] = [
  { key: 'start', parents: [] },
  { key: 'left', parents: ['start'] },
  { key: 'right', parents: ['start'] },
  { key: 'end', parents: ['left', 'right'] },
]
const layout = layOutGraph(nodes)
const [upper, lower] = layout.nodes.filter(({ column }) => column === 1).map(({ key }) => key) as [
  string,
  string,
]

it.each([
  ['start', 'ArrowRight', upper],
  ['end', 'ArrowLeft', upper],
  [upper, 'ArrowDown', lower],
  [lower, 'ArrowUp', upper],
  [lower, 'ArrowDown', null],
  ['start', 'ArrowLeft', null],
  ['gone', 'ArrowRight', null],
] as const)('from %s, %s leads to %s', (from, arrow, to) => {
  expect(nextNode(layout, nodes, from, arrow)).toBe(to)
})
