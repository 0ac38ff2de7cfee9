import { BrokerError } from './errors.ts'
import { MAX_WORKFLOW_EDGES, MAX_WORKFLOW_NODES, MAX_NODE_KEY_LENGTH } from './limits.ts'

/** A node as the graph sees it: its name, and the names of those it waits for. */
export interface GraphNode {
  readonly key: string
  readonly parents: readonly string[]
}

/**
 * A graph that can run: at least one node, every key once, every parent there, no way back to oneself.
 * @throws INVALID_REQUEST whose message and path name the culprit; a cycle is told node by node.
 */
export function checkWorkflowGraph(nodes: readonly GraphNode[]): void {
  if (nodes.length === 0) refuse('nodes', 'must have at least one node')
  if (nodes.length > MAX_WORKFLOW_NODES)
    refuse('nodes', `must have at most ${MAX_WORKFLOW_NODES} nodes, not ${nodes.length}`)
  const edges = nodes.reduce((sum, { parents }) => sum + parents.length, 0)
  if (edges > MAX_WORKFLOW_EDGES)
    refuse('nodes', `must name at most ${MAX_WORKFLOW_EDGES} parents in all, not ${edges}`)
  checkKeys(nodes)
  checkParents(nodes)
  const cycle = findCycle(nodes)
  if (cycle !== null) {
    const index = nodes.findIndex(({ key }) => key === cycle[0])
    refuse(`nodes[${index}].parents`, `closes a cycle: ${[...cycle, cycle[0]].join(' → ')}`)
  }
}

/**
 * The nodes of one cycle, each a parent of the one after it, the last a parent of the first; null when
 * there is none. Every parent must be among the nodes.
 */
export function findCycle(nodes: readonly GraphNode[]): readonly string[] | null {
  const waitsFor = new Map(nodes.map(({ key, parents }) => [key, parents.length]))
  const children = childrenOf(nodes)
  const free = nodes.filter(({ parents }) => parents.length === 0).map(({ key }) => key)
  for (let key = free.pop(); key !== undefined; key = free.pop()) {
    waitsFor.delete(key)
    for (const child of children.get(key) ?? []) {
      const left = waitsFor.get(child)! - 1
      waitsFor.set(child, left)
      if (left === 0) free.push(child)
    }
  }
  // Whatever is left waits for something that is left: going from parent to parent must come round.
  let key = waitsFor.keys().next().value
  if (key === undefined) return null
  const parentsOf = new Map(nodes.map((node) => [node.key, node.parents]))
  const path: string[] = []
  const seen = new Map<string, number>()
  while (!seen.has(key)) {
    seen.set(key, path.length)
    path.push(key)
    key = parentsOf.get(key)!.find((parent) => waitsFor.has(parent))!
  }
  return path.slice(seen.get(key)).toReversed()
}

function childrenOf(nodes: readonly GraphNode[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>()
  for (const { key, parents } of nodes)
    for (const parent of parents) {
      const known = children.get(parent)
      if (known === undefined) children.set(parent, [key])
      else known.push(key)
    }
  return children
}

function checkKeys(nodes: readonly GraphNode[]): void {
  const seen = new Map<string, number>()
  for (const [index, { key }] of nodes.entries()) {
    if (key.length === 0 || key.length > MAX_NODE_KEY_LENGTH)
      refuse(`nodes[${index}].key`, `must have 1 to ${MAX_NODE_KEY_LENGTH} characters`)
    const first = seen.get(key)
    if (first !== undefined) refuse(`nodes[${index}].key`, `'${key}' is taken by nodes[${first}]`)
    seen.set(key, index)
  }
}

function checkParents(nodes: readonly GraphNode[]): void {
  const keys = new Set(nodes.map(({ key }) => key))
  for (const [index, { key, parents }] of nodes.entries()) {
    const seen = new Set<string>()
    for (const [place, parent] of parents.entries()) {
      const path = `nodes[${index}].parents[${place}]`
      if (!keys.has(parent)) refuse(path, `of '${key}' names '${parent}', which is no node of this workflow`)
      if (seen.has(parent)) refuse(path, `of '${key}' names '${parent}' twice`)
      seen.add(parent)
    }
  }
}

function refuse(path: string, what: string): never {
  throw new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
}
