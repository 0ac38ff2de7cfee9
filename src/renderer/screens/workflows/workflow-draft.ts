import { isJsonObject, parseJson, toJsonText, type Json, type JsonText } from '../../../shared/domain/json.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import { checkWorkflowGraph } from '../../../shared/domain/workflow-graph.ts'
import type { NewWorkflow, NewWorkflowNode, OnFailure } from '../../../shared/domain/workflow.ts'
import { JsonSourceError, parseJsonSource } from '../../ui/json/parse-json-source.ts'

export type WorkflowReading =
  | { readonly workflow: NewWorkflow; readonly problem: null }
  | { readonly workflow: null; readonly problem: string }

/** What the form starts with: a fork and a join that run with the built-in handlers. */
export const WORKFLOW_TEMPLATE = `{
  "name": "Nightly import",
  "nodes": [
    { "key": "download", "task": { "name": "demo", "kwargs": { "message": "Download", "count": 2 } } },
    { "key": "orders", "parents": ["download"], "task": { "name": "sleep", "kwargs": { "seconds": 2 } } },
    { "key": "customers", "parents": ["download"], "task": { "name": "sleep", "kwargs": { "seconds": 3 } } },
    { "key": "report", "parents": ["orders", "customers"], "task": { "name": "demo", "kwargs": { "message": "Report", "count": 2 } } }
  ]
}`

class DraftError extends Error {}

/** Reads a workflow that was typed as JSON: what it means, or the first thing that is wrong with it. */
export function readWorkflow(source: string): WorkflowReading {
  try {
    parseJsonSource(source)
    const draft = object(parseJson(source), 'The workflow')
    const nodes = list(draft['nodes'], 'nodes').map(readNode)
    checkWorkflowGraph(nodes)
    return { workflow: { name: text(draft['name'], 'name'), nodes }, problem: null }
  } catch (error) {
    if (error instanceof JsonSourceError || error instanceof DraftError)
      return { workflow: null, problem: `${error.message}.` }
    if (isBrokerError(error, 'INVALID_REQUEST')) return { workflow: null, problem: error.message }
    throw error
  }
}

function readNode(value: Json, index: number): NewWorkflowNode {
  const path = `nodes[${index}]`
  const node = object(value, path)
  const { args, kwargs, ...rest } = object(node['task'], `${path}.task`)
  text(rest['name'], `${path}.task.name`)
  return {
    key: text(node['key'], `${path}.key`),
    parents:
      node['parents'] === undefined
        ? []
        : list(node['parents'], `${path}.parents`).map((key) => text(key, `${path}.parents`)),
    onFailure: readOnFailure(node['onFailure'], path),
    // The broker checks the other fields, and says which one is wrong.
    task: {
      ...(rest as unknown as NewWorkflowNode['task']),
      ...(args === undefined ? {} : { args: payload(list(args, `${path}.task.args`)) }),
      ...(kwargs === undefined ? {} : { kwargs: payload(object(kwargs, `${path}.task.kwargs`)) }),
    },
  }
}

function readOnFailure(value: Json | undefined, path: string): OnFailure {
  if (value === undefined || value === 'fail') return 'fail'
  if (value === 'skip') return 'skip'
  throw new DraftError(`${path}.onFailure is "fail" or "skip"`)
}

const payload = (value: Json): JsonText => toJsonText(value)

function text(value: Json | undefined, path: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new DraftError(`${path} must be a text, and not empty`)
}

function list(value: Json | undefined, path: string): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  throw new DraftError(`${path} must be a list`)
}

function object(value: Json | undefined, path: string): { readonly [key: string]: Json } {
  if (isJsonObject(value)) return value
  throw new DraftError(`${path} must be an object`)
}
