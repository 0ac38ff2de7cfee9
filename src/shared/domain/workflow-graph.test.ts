import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBrokerError } from './errors.ts'
import { MAX_WORKFLOW_EDGES, MAX_WORKFLOW_NODES } from './limits.ts'
import { checkWorkflowGraph, findCycle, type GraphNode } from './workflow-graph.ts'

/** Any graph without a cycle: parents are drawn from the nodes before, then the nodes are shuffled. */
const acyclic: fc.Arbitrary<readonly GraphNode[]> = fc
  .array(fc.array(fc.nat(), { maxLength: 5 }), { minLength: 1, maxLength: 30 })
  .map((dice) =>
    dice.map((picks, index) => ({
      key: `n${index}`,
      parents: index === 0 ? [] : [...new Set(picks.map((pick) => `n${pick % index}`))],
    })),
  )
  .chain((nodes) => fc.shuffledSubarray(nodes, { minLength: nodes.length }))

const anyGraph: fc.Arbitrary<readonly GraphNode[]> = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 20 })
  .map((dice) =>
    dice.map((picks, index) => ({
      key: `n${index}`,
      parents: [...new Set(picks.map((pick) => `n${pick % dice.length}`))],
    })),
  )

/** Takes nodes whose parents were all taken, for as long as there are any. */
function runnable(nodes: readonly GraphNode[]): number {
  const done = new Set<string>()
  for (let before = -1; before < done.size;) {
    before = done.size
    for (const { key, parents } of nodes) if (parents.every((parent) => done.has(parent))) done.add(key)
  }
  return done.size
}

function refusalOf(nodes: readonly GraphNode[]): { readonly path: unknown; readonly message: string } {
  try {
    checkWorkflowGraph(nodes)
  } catch (error) {
    if (!isBrokerError(error, 'INVALID_REQUEST')) throw error
    return { path: error.details.path, message: error.message }
  }
  throw new Error('It was not refused.')
}

describe('the graph of a workflow', () => {
  it('is fine whenever it has an order to run in', () => {
    fc.assert(
      fc.property(acyclic, (nodes) => {
        expect(() => checkWorkflowGraph(nodes)).not.toThrow()
      }),
    )
  })

  it('has a cycle exactly when not every node can run, and names one that is there', () => {
    fc.assert(
      fc.property(anyGraph, (nodes) => {
        const cycle = findCycle(nodes)
        if (cycle === null) {
          expect(runnable(nodes)).toBe(nodes.length)
          return
        }
        expect(runnable(nodes)).toBeLessThan(nodes.length)
        expect(new Set(cycle).size).toBe(cycle.length)
        const parentsOf = new Map(nodes.map(({ key, parents }) => [key, parents]))
        for (const [index, key] of cycle.entries())
          expect(parentsOf.get(cycle[(index + 1) % cycle.length]!)).toContain(key)
      }),
    )
  })

  it('tells a cycle in the order it would run', () => {
    const { path, message } = refusalOf([
      { key: 'start', parents: [] },
      { key: 'b', parents: ['a', 'start'] },
      { key: 'c', parents: ['b'] },
      { key: 'a', parents: ['c'] },
    ])
    expect(message).toMatch(/cycle: (a → b → c → a|b → c → a → b|c → a → b → c)\./)
    expect(path).toMatch(/^nodes\[[123]\]\.parents$/)
    expect(refusalOf([{ key: 'me', parents: ['me'] }]).message).toContain('me → me')
  })

  it('without nodes is refused, and so is one too large', () => {
    expect(refusalOf([]).path).toBe('nodes')
    const many = Array.from({ length: MAX_WORKFLOW_NODES }, (_, index) => ({ key: `n${index}`, parents: [] }))
    expect(() => checkWorkflowGraph(many)).not.toThrow()
    expect(refusalOf([...many, { key: 'one more', parents: [] }]).message).toContain('1001')
  })

  it('with more parents than can be kept up with is refused', () => {
    const heads = Array.from({ length: 200 }, (_, index) => ({ key: `h${index}`, parents: [] as string[] }))
    const parents = heads.map(({ key }) => key)
    const tails = Array.from({ length: MAX_WORKFLOW_EDGES / 200 + 1 }, (_, index) => ({
      key: `t${index}`,
      parents,
    }))
    expect(refusalOf([...heads, ...tails]).message).toContain(`at most ${MAX_WORKFLOW_EDGES} parents`)
    expect(() => checkWorkflowGraph([...heads, ...tails.slice(1)])).not.toThrow()
  })

  it.each([
    ['a key twice', [node('a'), node('b'), node('a')], 'nodes[2].key', /'a' is taken by nodes\[0\]/],
    ['an empty key', [node('')], 'nodes[0].key', /1 to 256/],
    ['a parent that is not there', [node('a'), node('b', 'a', 'x')], 'nodes[1].parents[1]', /'b' names 'x'/],
    ['a parent twice', [node('a'), node('b', 'a', 'a')], 'nodes[1].parents[1]', /'a' twice/],
  ])('with %s is refused by name', (_what, nodes, path, message) => {
    const refusal = refusalOf(nodes)
    expect(refusal.path).toBe(path)
    expect(refusal.message).toMatch(message)
  })
})

function node(key: string, ...parents: string[]): GraphNode {
  return { key, parents }
}
