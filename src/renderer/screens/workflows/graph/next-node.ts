import type { GraphNode } from '../../../../shared/domain/workflow-graph.ts'
import type { GraphLayout } from './lay-out-graph.ts'

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** The node an arrow key leads to from another: along the lines, or up and down in its column. Null at an end. */
export function nextNode(
  layout: GraphLayout,
  nodes: readonly GraphNode[],
  from: string,
  arrow: ArrowKey,
): string | null {
  const here = layout.nodes.find(({ key }) => key === from)
  if (here === undefined) return null
  if (arrow === 'ArrowUp' || arrow === 'ArrowDown') {
    const column = layout.nodes.filter((node) => node.column === here.column)
    return column[column.indexOf(here) + (arrow === 'ArrowUp' ? -1 : 1)]?.key ?? null
  }
  const joined =
    arrow === 'ArrowLeft'
      ? (nodes.find(({ key }) => key === from)?.parents ?? [])
      : nodes.filter(({ parents }) => parents.includes(from)).map(({ key }) => key)
  const nearest = layout.nodes
    .filter(({ key }) => joined.includes(key))
    .toSorted(
      (one, other) =>
        Math.abs(one.column - here.column) - Math.abs(other.column - here.column) ||
        Math.abs(one.y - here.y) - Math.abs(other.y - here.y),
    )
  return nearest[0]?.key ?? null
}
