import { describe, expect, it } from 'vitest'
import { readWorkflow, WORKFLOW_TEMPLATE } from './workflow-draft.ts'

describe('a workflow that is typed', () => {
  it('starts as one that can be submitted', () => {
    const { workflow } = readWorkflow(WORKFLOW_TEMPLATE)
    expect(workflow?.nodes.map(({ key, parents }) => [key, parents])).toEqual([
      ['download', []],
      ['orders', ['download']],
      ['customers', ['download']],
      ['report', ['orders', 'customers']],
    ])
    expect(workflow?.nodes[1]?.task).toEqual({ name: 'sleep', kwargs: '{"seconds":2}' })
  })

  it('loses no digit of its inputs', () => {
    const source = '{"name":"a","nodes":[{"key":"k","task":{"name":"t","args":[12345678901234567890]}}]}'
    expect(readWorkflow(source).workflow?.nodes[0]?.task.args).toBe('[12345678901234567890]')
  })

  it.each([
    ['{', /^Line 1, column 2/],
    ['[]', /The workflow must be an object/],
    ['{"nodes":[]}', /at least one node/],
    ['{"name":"a","nodes":[{"task":{"name":"t"}}]}', /nodes\[0\]\.key must be a text/],
    ['{"name":"a","nodes":[{"key":"k"}]}', /nodes\[0\]\.task must be an object/],
    ['{"name":"a","nodes":[{"key":"k","task":{"name":"t","kwargs":[]}}]}', /kwargs must be an object/],
    ['{"name":"a","nodes":[{"key":"k","onFailure":"x","task":{"name":"t"}}]}', /"fail" or "skip"/],
    ['{"name":"a","nodes":[{"key":"k","parents":["no"],"task":{"name":"t"}}]}', /no node of this workflow/],
    ['{"name":"a","nodes":[{"key":"k","parents":["k"],"task":{"name":"t"}}]}', /closes a cycle: k → k/],
    ['{"nodes":[{"key":"k","task":{"name":"t"}}]}', /^name must be a text/],
  ])('%s is explained', (source, problem) => {
    expect(readWorkflow(source).problem).toMatch(problem)
  })
})
