import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GraphNode } from '../../../../shared/domain/workflow-graph.ts'
import { edgePath, layOutGraph, NODE_HEIGHT, NODE_WIDTH } from './lay-out-graph.ts'

const graph = (spec: Record<string, readonly string[]>): readonly GraphNode[] =>
  Object.entries(spec).map(([key, parents]) => ({ key, parents }))
const DIAMOND = graph({ start: [], left: ['start'], right: ['start'], end: ['left', 'right'] })

/** Any graph without cycles: every node's parents come before it. */
const anyGraph = fc
  .array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
  .map((rows) =>
    rows.map((parents, index): GraphNode => ({
      key: String(index),
      parents: [...new Set(parents.map((parent) => parent % Math.max(1, index)))]
        .filter((parent) => parent < index)
        .map(String),
    })),
  )

describe('a graph that is drawn', () => {
  it('stands in columns, by the longest way from a start', () => {
    const { nodes } = layOutGraph(DIAMOND)
    expect(Object.fromEntries(nodes.map(({ key, column }) => [key, column]))).toEqual({
      start: 0,
      left: 1,
      right: 1,
      end: 2,
    })
  })

  it('has a fork’s parts in the middle of what they belong to', () => {
    const { nodes } = layOutGraph(DIAMOND)
    const at = Object.fromEntries(nodes.map(({ key, y }) => [key, y]))
    expect(at['start']).toBe(at['end'])
    expect((at['left']! + at['right']!) / 2).toBe(at['start'])
  })

  it('does not cross two lines that need not cross', () => {
    const { nodes } = layOutGraph(graph({ a: [], b: [], ofB: ['b'], ofA: ['a'] }))
    const y = (key: string) => nodes.find((node) => node.key === key)!.y
    expect(y('ofA') < y('ofB')).toBe(y('a') < y('b'))
  })

  it('leads a long edge past what stands between', () => {
    const { nodes, edges } = layOutGraph(graph({ a: [], b: ['a'], c: ['b', 'a'] }))
    const long = edges.find(({ from, to }) => from === 'a' && to === 'c')!
    const between = nodes.find(({ key }) => key === 'b')!
    const bend = long.points[1]!
    expect(bend.x).toBe(between.x)
    expect(bend.y < between.y || bend.y > between.y + NODE_HEIGHT).toBe(true)
  })

  it('never has two nodes over each other, and every edge leads to the right', () => {
    fc.assert(
      fc.property(anyGraph, (nodes) => {
        const layout = layOutGraph(nodes)
        const places = new Map(layout.nodes.map((node) => [node.key, node]))
        expect(places.size).toBe(nodes.length)
        for (const one of layout.nodes)
          for (const other of layout.nodes)
            if (one !== other && one.column === other.column)
              expect(Math.abs(one.y - other.y)).toBeGreaterThanOrEqual(NODE_HEIGHT)
        for (const { from, to, points } of layout.edges) {
          expect(places.get(to)!.column).toBeGreaterThan(places.get(from)!.column)
          expect(points[0]!.x).toBe(places.get(from)!.x + NODE_WIDTH)
          expect(points.at(-1)!.x).toBe(places.get(to)!.x)
        }
        for (const { x, y } of layout.nodes) {
          expect(x >= 0 && x + NODE_WIDTH <= layout.width).toBe(true)
          expect(y >= 0 && y + NODE_HEIGHT <= layout.height).toBe(true)
        }
      }),
    )
  })

  it('is placed within a blink at the largest size there is', () => {
    const nodes = Array.from({ length: 1000 }, (_, index): GraphNode => ({
      key: String(index),
      parents: Array.from({ length: Math.min(index, 10) }, (__, step) => String(index - 1 - step)),
    }))
    const took = () => {
      const started = performance.now()
      expect(layOutGraph(nodes).nodes).toHaveLength(1000)
      return performance.now() - started
    }
    // The shortest: the machine may do something else during one of them.
    expect(Math.min(took(), took(), took())).toBeLessThan(2000)
  })
})

describe('a line of the drawing', () => {
  it('is straight on one level, and curved between two', () => {
    const edge = (points: readonly { x: number; y: number }[]) => edgePath({ from: 'a', to: 'b', points })
    expect(
      edge([
        { x: 0, y: 5 },
        { x: 10, y: 5 },
      ]),
    ).toBe('M0 5L10 5')
    expect(
      edge([
        { x: 0, y: 0 },
        { x: 10, y: 20 },
      ]),
    ).toBe('M0 0C5 0 5 20 10 20')
  })
})
