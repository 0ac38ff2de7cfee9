import type { GraphNode } from '../../../../shared/domain/workflow-graph.ts'

/** Measures of the drawing, in pixels. */
export const NODE_WIDTH = 176
export const NODE_HEIGHT = 48
const GAP_X = 56
const GAP_Y = 16
const GRAPH_MARGIN = 24

/** Edges across several columns are led around what stands between, up to so many bends in all. */
const MOST_BENDS = 2000
const SWEEPS = 6

export interface PlacedNode {
  readonly key: string
  /** Of its upper left corner. */
  readonly x: number
  readonly y: number
  /** Column: how many stand before it on the longest way from a start. */
  readonly column: number
}

export interface PlacedEdge {
  readonly from: string
  readonly to: string
  /** From the right edge of one node, past its bends, to the left edge of the other. */
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface GraphLayout {
  readonly width: number
  readonly height: number
  /** Column by column, each from the top. */
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

/** A node, or a bend of a long edge, in its column. */
interface Vertex {
  readonly column: number
  readonly isBend: boolean
  readonly before: Vertex[]
  readonly after: Vertex[]
  row: number
}

/**
 * Places the nodes of a graph from left to right, so that every edge leads to the right and few cross.
 * The same graph is always placed alike.
 * @param nodes without cycles, every parent among them; see `checkWorkflowGraph`
 */
export function layOutGraph(nodes: readonly GraphNode[]): GraphLayout {
  const columnOf = findColumns(nodes)
  const vertices = new Map(nodes.map(({ key }) => [key, newVertex(columnOf.get(key)!, false)]))
  const chains = connect(nodes, vertices, columnOf)
  const columns = toColumns([...vertices.values(), ...chains.flatMap(({ bends }) => bends)])
  sortColumns(columns)

  const heightOf = (column: readonly Vertex[]) =>
    column.reduce((sum, { isBend }) => sum + slotOf(isBend), 0) - GAP_Y
  const inner = Math.max(NODE_HEIGHT, ...columns.map(heightOf))
  const top = new Map<Vertex, number>()
  for (const column of columns) {
    let y = GRAPH_MARGIN + (inner - heightOf(column)) / 2
    for (const vertex of column) {
      top.set(vertex, y)
      y += slotOf(vertex.isBend)
    }
  }
  const x = (column: number) => GRAPH_MARGIN + column * (NODE_WIDTH + GAP_X)
  const middle = (vertex: Vertex) => top.get(vertex)! + (vertex.isBend ? 0 : NODE_HEIGHT / 2)

  const placed = nodes.map(({ key }) => {
    const vertex = vertices.get(key)!
    return { key, column: vertex.column, x: x(vertex.column), y: top.get(vertex)! }
  })
  return {
    width: 2 * GRAPH_MARGIN + columns.length * (NODE_WIDTH + GAP_X) - GAP_X,
    height: 2 * GRAPH_MARGIN + inner,
    nodes: placed.toSorted((one, other) => one.column - other.column || one.y - other.y),
    edges: chains.map(({ from, to, bends }) => ({
      from,
      to,
      points: [
        { x: x(columnOf.get(from)!) + NODE_WIDTH, y: middle(vertices.get(from)!) },
        ...bends.flatMap((bend) => [
          { x: x(bend.column), y: middle(bend) },
          { x: x(bend.column) + NODE_WIDTH, y: middle(bend) },
        ]),
        { x: x(columnOf.get(to)!), y: middle(vertices.get(to)!) },
      ],
    })),
  }
}

/** An edge as an SVG path: level at every point, so that it leaves and enters nodes straight. */
export function edgePath({ points }: PlacedEdge): string {
  return points
    .map(({ x, y }, index) => {
      const last = points[index - 1]
      if (last === undefined) return `M${x} ${y}`
      if (last.y === y) return `L${x} ${y}`
      const half = (last.x + x) / 2
      return `C${half} ${last.y} ${half} ${y} ${x} ${y}`
    })
    .join('')
}

/** The longest way to each node from one without parents. */
function findColumns(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  const waiting = new Map(nodes.map(({ key, parents }) => [key, parents.length]))
  const children = new Map<string, string[]>()
  for (const { key, parents } of nodes)
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), key])
  const free = nodes.filter(({ parents }) => parents.length === 0).map(({ key }) => key)
  for (const key of free) columns.set(key, 0)
  // Grows while it is walked.
  for (const key of free)
    for (const child of children.get(key) ?? []) {
      columns.set(child, Math.max(columns.get(child) ?? 0, columns.get(key)! + 1))
      const left = waiting.get(child)! - 1
      waiting.set(child, left)
      if (left === 0) free.push(child)
    }
  return columns
}

const newVertex = (column: number, isBend: boolean): Vertex => ({
  column,
  isBend,
  before: [],
  after: [],
  row: 0,
})

const slotOf = (isBend: boolean) => (isBend ? GAP_Y : NODE_HEIGHT + GAP_Y)

function connect(
  nodes: readonly GraphNode[],
  vertices: ReadonlyMap<string, Vertex>,
  columnOf: ReadonlyMap<string, number>,
) {
  const edges = nodes.flatMap(({ key, parents }) => parents.map((parent) => ({ from: parent, to: key })))
  const spans = edges.map(({ from, to }) => columnOf.get(to)! - columnOf.get(from)! - 1)
  const hasBends = spans.reduce((sum, span) => sum + span, 0) <= MOST_BENDS
  return edges.map(({ from, to }, index) => {
    const first = columnOf.get(from)! + 1
    const bends = Array.from({ length: hasBends ? spans[index]! : 0 }, (_, step) =>
      newVertex(first + step, true),
    )
    const way = [vertices.get(from)!, ...bends, vertices.get(to)!]
    for (const [step, vertex] of way.entries()) {
      const next = way[step + 1]
      if (next === undefined) continue
      vertex.after.push(next)
      next.before.push(vertex)
    }
    return { from, to, bends }
  })
}

function toColumns(vertices: readonly Vertex[]): Vertex[][] {
  const columns: Vertex[][] = []
  for (const vertex of vertices) {
    const column = (columns[vertex.column] ??= [])
    vertex.row = column.length
    column.push(vertex)
  }
  return columns
}

/** Moves each vertex towards the middle of those it is joined with, from either side in turn. */
function sortColumns(columns: readonly Vertex[][]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isForward = sweep % 2 === 0
    for (const column of isForward ? columns : columns.toReversed()) {
      const wanted = new Map(
        column.map((vertex) => {
          const joined = isForward ? vertex.before : vertex.after
          const rows = joined.map((other) => (other.row + 0.5) / columns[other.column]!.length)
          const mean = rows.reduce((sum, row) => sum + row, 0) / rows.length
          return [vertex, rows.length === 0 ? (vertex.row + 0.5) / column.length : mean]
        }),
      )
      column.sort((one, other) => wanted.get(one)! - wanted.get(other)! || one.row - other.row)
      for (const [row, vertex] of column.entries()) vertex.row = row
    }
  }
}
