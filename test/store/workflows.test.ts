import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClaimedTask } from '../../src/server/local/store/commands/claim.ts'
import { prepareWorkflows } from '../../src/server/local/store/queries/workflows.ts'
import type { AttemptEnd } from '../../src/shared/domain/attempt-end.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { MAX_WORKFLOW_NODES } from '../../src/shared/domain/limits.ts'
import type { NewWorkflow, NewWorkflowNode, OnFailure, Workflow } from '../../src/shared/domain/workflow.ts'
import { openWriter, type OpenWriter } from './open-writer.ts'
import { checkWorkflow, workflows } from './workflow-model.ts'

const START = 1_800_000_000_000
const error = { type: 'Error', message: 'no', traceback: null, cause: null }
const SUCCEEDED: AttemptEnd = { kind: 'succeeded', result: '1' as JsonText }
const FAILED: AttemptEnd = { kind: 'failed', error, mayRetry: false, retryAfterMs: null }

/** A worker with as much room as it likes, on a clock of its own. */
function worker(store: OpenWriter) {
  let now = START
  const running: ClaimedTask[] = []
  const read = prepareWorkflows(store.db)
  function commit(name: Parameters<OpenWriter['run']>[0], params: object): unknown {
    now += 1
    const { replies, claimed } = store.writer.commit([{ name, params: { ...params, now } }], now)
    running.push(...claimed.flatMap(({ tasks }) => tasks))
    const reply = replies[0]!
    if (!reply.ok) throw new Error('refusal' in reply ? reply.refusal.code : reply.failure)
    return reply.value
  }
  commit('orderClaims', { workerId: 'w', credits: 10_000, names: ['t'], queues: null })
  return {
    running,
    commit,
    submit: (workflow: NewWorkflow) => (commit('submitWorkflow', { workflow }) as { readonly id: string }).id,
    end(task: ClaimedTask, end: AttemptEnd): void {
      running.splice(running.indexOf(task), 1)
      const ended = [{ lease: task, startedAt: now, at: now, end }]
      const told = { started: [], progress: [], logs: [], checkpoints: [], ended }
      expect(commit('report', { workerId: 'w', ...told })).toEqual([])
    },
    read: (id: string): Workflow => read.workflow({ id }),
    list: read.workflows,
  }
}

const node = (key: string, parents: readonly string[], onFailure: OnFailure = 'fail'): NewWorkflowNode => ({
  key,
  parents,
  onFailure,
  task: { name: 't', maxRetries: 0 },
})

/** Which nodes are running, by key. */
function keysOf(tasks: readonly ClaimedTask[], workflow: Workflow): readonly string[] {
  const byId = new Map(workflow.nodes.map(({ taskId, key }) => [taskId, key]))
  return tasks.map(({ id }) => byId.get(id)!).toSorted()
}

describe('a workflow in the store', () => {
  it('runs every node after its parents, whatever the graph and the order of ends, and comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(workflows, fc.infiniteStream(fc.nat()), async (workflow, dice) => {
        using store = await openWriter()
        const { submit, read, running, end } = worker(store)
        const roll = () => dice.next().value as number
        const id = submit(workflow)
        const ended: string[] = []
        while (running.length > 0) {
          const task = running[roll() % running.length]!
          const [key] = keysOf([task], read(id))
          const { parents } = workflow.nodes.find((one) => one.key === key)!
          expect(parents.filter((parent) => !ended.includes(parent))).toEqual([])
          end(task, SUCCEEDED)
          ended.push(key!)
        }
        expect(ended.toSorted()).toEqual(workflow.nodes.map(({ key }) => key).toSorted())
        expect(read(id)).toMatchObject({ state: 'succeeded', progress: 1 })
      }),
      { numRuns: 25 },
    )
  })

  it('keeps its promises and comes to an end, however its nodes end', async () => {
    await fc.assert(
      fc.asyncProperty(workflows, fc.infiniteStream(fc.nat()), async (workflow, dice) => {
        using store = await openWriter()
        const { submit, read, running, end, commit } = worker(store)
        const roll = (sides: number) => (dice.next().value as number) % sides
        const id = submit({ ...workflow, nodes: workflow.nodes.map(withoutRetries) })
        while (running.length > 0) {
          const task = running[roll(running.length)]!
          const lucky = roll(6)
          if (lucky === 0) commit('cancel', { id: task.id })
          if (lucky === 1 && roll(4) === 0) commit('cancelWorkflow', { id })
          end(task, lucky === 2 ? FAILED : lucky === 3 ? { kind: 'timed_out', error } : SUCCEEDED)
          checkWorkflow(read(id))
        }
        expect(read(id).state).not.toBe('running')
      }),
      { numRuns: 50 },
    )
  })

  it('hands a node exactly the results of the parents that succeeded', async () => {
    using store = await openWriter()
    const { submit, running, end } = worker(store)
    submit({
      name: 'w',
      nodes: [node('a', []), node('b', [], 'skip'), node('c', []), node('d', ['a', 'b', 'c'])],
    })
    const [a, b, c] = running
    expect(a!.parents).toEqual({ kind: 'results', byKey: {} })
    end(a!, { kind: 'succeeded', result: '{"big":12345678901234567890}' as JsonText })
    end(b!, FAILED)
    end(c!, { kind: 'succeeded', result: 'null' as JsonText })
    expect(running.map(({ parents }) => parents)).toEqual([
      { kind: 'results', byKey: { a: '{"big":12345678901234567890}', c: 'null' } },
    ])
  })

  it('does not hand over more than may be handed over, and says how much it is', async () => {
    using store = await openWriter()
    const { submit, running, end } = worker(store)
    submit({ name: 'w', nodes: [node('a', []), node('b', []), node('c', ['a', 'b'])] })
    const result = JSON.stringify('x'.repeat(700_000)) as JsonText
    for (const task of running.slice()) end(task, { kind: 'succeeded', result })
    expect(running[0]!.parents).toEqual({ kind: 'too_large', bytes: 1_400_004 })
  })

  it('keeps the result of a deleted parent for as long as a child may ask', async () => {
    using store = await openWriter()
    const { submit, running, end, commit, read } = worker(store)
    const id = submit({ name: 'w', nodes: [node('a', []), node('b', []), node('c', ['a', 'b'])] })
    const [a, b] = running
    end(a!, SUCCEEDED)
    commit('deleteTask', { id: a!.id })
    expect(read(id).nodes[0]).toMatchObject({ state: 'succeeded', isTaskDeleted: true, taskId: a!.id })
    end(b!, SUCCEEDED)
    expect(running[0]!.parents).toEqual({ kind: 'results', byKey: { a: '1', b: '1' } })
    end(running[0]!, SUCCEEDED)
    expect(store.db.prepare('SELECT gone_result FROM workflow_nodes').pluck().all()).toEqual([
      null,
      null,
      null,
    ])
  })

  it('goes with the last of its tasks, also when they are purged while it waits', async () => {
    using store = await openWriter()
    const { submit, commit, running, end } = worker(store)
    submit({
      name: 'w',
      nodes: [node('a', []), node('b', ['a']), node('c', ['b'], 'skip'), node('d', ['c'])],
    })
    end(running[0]!, FAILED)
    const upTo = commit('beginPurge', { queue: 'default' })
    expect(commit('purgeSome', { queue: 'default', upTo, limit: 500 })).toBe(0)
    for (const id of store.db.prepare<[], string>('SELECT id FROM tasks').pluck().all())
      commit('deleteTask', { id })
    for (const table of ['workflows', 'workflow_nodes', 'workflow_edges'])
      expect(store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0)

    submit({
      name: 'w',
      nodes: [node('a', []), node('b', ['a']), node('c', ['b'], 'skip'), node('d', ['c'])],
    })
    commit('pauseTask', { id: store.db.prepare('SELECT id FROM tasks ORDER BY number').pluck().all()[1] })
    const all = commit('beginPurge', { queue: 'default' })
    expect(commit('purgeSome', { queue: 'default', upTo: all, limit: 500 })).toBe(3)
    const counts = store.writer.numbers.overview({ now: START }).counts
    expect({ ...counts, running: 0 }).toEqual(
      Object.fromEntries(Object.keys(counts).map((state) => [state, 0])),
    )
    end(running[0]!, SUCCEEDED)
    expect(store.db.prepare('SELECT state FROM workflows').pluck().all()).toEqual(['cancelled'])
  })

  it('cannot be made to run a node that waits, by any other command', async () => {
    using store = await openWriter()
    const { submit, commit, running, read, end } = worker(store)
    const id = submit({ name: 'w', nodes: [node('a', []), node('b', ['a'])] })
    const waiting = read(id).nodes[1]!.taskId
    commit('updateTask', { id: waiting, changes: { runAt: START } })
    commit('makeDue', {})
    commit('pauseTask', { id: waiting })
    commit('resumeTask', { id: waiting })
    commit('updateTask', { id: waiting, changes: { priority: 9 } })
    expect(read(id).nodes[1]).toMatchObject({ state: 'scheduled', blockedBy: 1 })
    expect(running).toHaveLength(1)
    expect(() => store.db.prepare(`UPDATE tasks SET state = 'pending' WHERE id = ?`).run(waiting)).toThrow(
      /CHECK/,
    )
    end(running[0]!, SUCCEEDED)
    expect(keysOf(running, read(id))).toEqual(['b'])
  })

  it('leaves a paused node paused when its parents let it go, and runs it when it is resumed', async () => {
    using store = await openWriter()
    const { submit, commit, running, read, end } = worker(store)
    const id = submit({ name: 'w', nodes: [node('a', []), node('b', ['a'])] })
    const waiting = read(id).nodes[1]!.taskId
    commit('pauseTask', { id: waiting })
    end(running[0]!, SUCCEEDED)
    expect(read(id).nodes[1]).toMatchObject({ state: 'paused', blockedBy: 0 })
    commit('resumeTask', { id: waiting })
    expect(keysOf(running, read(id))).toEqual(['b'])
  })

  it('counts a node’s own delay and waiting limit from when its parents let it go', async () => {
    using store = await openWriter()
    const { submit, commit, running, read, end } = worker(store)
    const later = { ...node('b', ['a']), task: { name: 't', runAt: START + 60_000 } }
    const id = submit({ name: 'w', nodes: [node('a', []), later] })
    end(running[0]!, SUCCEEDED)
    expect(read(id).nodes[1]).toMatchObject({ state: 'scheduled', blockedBy: 0 })
    expect(running).toHaveLength(0)
    store.run('makeDue', { now: START + 60_000 }, START + 60_000)
    commit('orderClaims', { workerId: 'w', credits: 0, names: ['t'], queues: null })
    expect(read(id).nodes[1]!.state).toBe('running')
  })

  it('of the largest size is released and cancelled in one short transaction', async () => {
    using store = await openWriter()
    const { submit, commit, running, read, end } = worker(store)
    const fan = Array.from({ length: MAX_WORKFLOW_NODES - 1 }, (_, index) => node(`leaf${index}`, ['root']))
    const id = submit({ name: 'fan', nodes: [node('root', []), ...fan] })
    end(running[0]!, SUCCEEDED)
    expect(running).toHaveLength(MAX_WORKFLOW_NODES - 1)
    commit('cancelWorkflow', { id })
    for (const task of running.slice()) end(task, { kind: 'cancelled' })
    expect(read(id).state).toBe('cancelled')

    const chain = Array.from({ length: MAX_WORKFLOW_NODES }, (_, index) =>
      node(`n${index}`, index === 0 ? [] : [`n${index - 1}`]),
    )
    const chained = submit({ name: 'chain', nodes: chain })
    end(running[0]!, FAILED)
    expect(read(chained)).toMatchObject({
      state: 'failed',
      ended: { failed: 1, cancelled: MAX_WORKFLOW_NODES - 1 },
    })
  })

  it('is listed newest first, by page and by state', async () => {
    using store = await openWriter()
    const { submit, running, end, list } = worker(store)
    const ids = Array.from({ length: 5 }, () => submit({ name: 'w', nodes: [node('a', [])] }))
    end(running[1]!, SUCCEEDED)
    end(running[1]!, FAILED)
    const first = list({ limit: 2 })
    const second = list({ limit: 2, cursor: first.next! })
    const third = list({ limit: 2, cursor: second.next! })
    const seen = [first, second, third].flatMap((page) => page.workflows.map(({ id }) => id))
    expect(seen).toEqual(ids.toReversed())
    expect(third.next).toBeNull()
    expect(list({ states: ['succeeded', 'failed'] }).workflows.map(({ id }) => id)).toEqual([ids[2], ids[1]])
  })
})

function withoutRetries(one: NewWorkflowNode): NewWorkflowNode {
  return { ...one, task: { ...one.task, maxRetries: 0 } }
}
