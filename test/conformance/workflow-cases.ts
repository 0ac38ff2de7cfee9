import { describe, expect, it } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import { ELSEWHERE, LEASE_MS, leaseOf, register } from './external-worker.ts'
import { has, type OpenBroker } from './open-broker.ts'
import { json } from './submit-one.ts'
import { untilWorkflow } from './until-workflow.ts'
import { node, nodeOf, statesOf } from './workflow-node.ts'

export function workflowCases(open: OpenBroker): void {
  describe('a workflow', () => {
    it('runs each node when all its parents have succeeded, and hands it their results', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'report',
        nodes: [
          node('fetch', [], { kwargs: json({ rows: 12 }) }),
          node('left', ['fetch'], { name: 'parentsOf' }),
          node('right', ['fetch'], { name: 'talkative' }),
          node('join', ['left', 'right'], { name: 'parentsOf' }),
        ],
      })
      const workflow = await untilWorkflow(fixture.broker, id)
      expect(workflow).toMatchObject({
        name: 'report',
        state: 'succeeded',
        total: 4,
        progress: 1,
        isFailing: false,
      })
      expect(workflow.counts).toMatchObject({ succeeded: 4, scheduled: 0 })
      const join = await fixture.broker.getTask(nodes[3]!.taskId)
      const fetched = { fetch: { args: [], kwargs: { rows: 12 } } }
      expect(JSON.parse(join.result!)).toEqual({ left: fetched, right: null })
      for (const { key, parents, startedAt } of workflow.nodes)
        for (const parent of parents)
          expect(nodeOf(workflow, parent).finishedAt!, key).toBeLessThanOrEqual(startedAt!)
    })

    it('has a task for every node from the start; one with parents is scheduled, and says for how many it waits', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [
          node('a', [], { name: 'untilAborted' }),
          node('b', [], { name: 'untilAborted' }),
          node('c', ['a', 'b']),
        ],
      })
      const waiting = await fixture.broker.getTask(nodes[2]!.taskId)
      expect(waiting).toMatchObject({ state: 'scheduled', blockedBy: 2, workflowId: id, attempt: 0 })
      const { tasks } = await fixture.broker.listTasks({ states: ['scheduled'] })
      expect(tasks).toMatchObject([{ id: waiting.id, blockedBy: 2 }])
      const workflow = await fixture.broker.getWorkflow(id)
      expect(workflow).toMatchObject({ state: 'running', finishedAt: null, progress: 0 })
      expect(workflow.nodes.map(({ key, parents, blockedBy }) => ({ key, parents, blockedBy }))).toEqual([
        { key: 'a', parents: [], blockedBy: 0 },
        { key: 'b', parents: [], blockedBy: 0 },
        { key: 'c', parents: ['a', 'b'], blockedBy: 2 },
      ])
    })

    it('may be a batch, and may be a chain', async () => {
      await using fixture = await open()
      const batch = await fixture.broker.submitWorkflow({
        name: 'batch',
        nodes: Array.from({ length: 20 }, (_, index) => node(`item ${index}`)),
      })
      const chain = await fixture.broker.submitWorkflow({
        name: 'chain',
        nodes: Array.from({ length: 20 }, (_, index) =>
          node(`step ${index}`, index === 0 ? [] : [`step ${index - 1}`]),
        ),
      })
      expect(await untilWorkflow(fixture.broker, batch.id)).toMatchObject({ state: 'succeeded', total: 20 })
      const done = await untilWorkflow(fixture.broker, chain.id)
      const starts = done.nodes.map(({ startedAt }) => startedAt!)
      expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    })

    it('fails with a node that fails: what depends on it is cancelled, what does not runs on', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [
          node('bad', [], { name: 'explode' }),
          node('child', ['bad']),
          node('grandchild', ['child', 'hold']),
          node('hold', [], { name: 'untilAborted' }),
        ],
      })
      const failing = await untilWorkflow(fixture.broker, id, ({ isFailing }) => isFailing)
      expect(statesOf(failing)).toMatchObject({ bad: 'failed', child: 'cancelled', grandchild: 'cancelled' })
      expect(failing).toMatchObject({ state: 'running', ended: { failed: 1, cancelled: 2, succeeded: 0 } })
      await untilTask(fixture.broker, nodeOf(failing, 'hold').taskId, ({ progress }) => progress !== null)
      await fixture.broker.cancelWorkflow(id, { terminate: false })
      expect((await untilWorkflow(fixture.broker, id)).state).toBe('failed')
    })

    it('waits for the retries of a node before it gives up on it', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [
          node('shaky', [], { name: 'flaky', maxRetries: 2, kwargs: json({ failures: 2 }) }),
          node('after', ['shaky'], { name: 'parentsOf' }),
        ],
      })
      const workflow = await untilWorkflow(fixture.broker, id)
      expect(workflow.nodes.map(({ state, attempt }) => ({ state, attempt }))).toEqual([
        { state: 'succeeded', attempt: 3 },
        { state: 'succeeded', attempt: 1 },
      ])
      expect((await fixture.broker.getTask(workflow.nodes[1]!.taskId)).result).toBe('{"shaky":3}')
    })

    it('goes on past a node that may be skipped, without its result', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [
          node('optional', [], { name: 'explode' }, 'skip'),
          node('needed', [], { kwargs: json({ a: 1 }) }),
          node('end', ['optional', 'needed'], { name: 'parentsOf' }),
        ],
      })
      const workflow = await untilWorkflow(fixture.broker, id)
      expect(workflow).toMatchObject({ state: 'succeeded', ended: { succeeded: 2, failed: 1, skipped: 1 } })
      const { result } = await fixture.broker.getTask(nodes[2]!.taskId)
      expect(JSON.parse(result!)).toEqual({ needed: { args: [], kwargs: { a: 1 } } })
    })

    it('counts a node whose attempt runs too long as failed', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [node('slow', [], { name: 'untilAborted', timeoutMs: 50 }), node('after', ['slow'])],
      })
      const workflow = await untilWorkflow(fixture.broker, id)
      expect(workflow).toMatchObject({ state: 'failed', ended: { timedOut: 1, cancelled: 1 } })
    })

    it('when cancelled ends what waits at once and asks what runs to end', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [
          node('done'),
          node('running', ['done'], { name: 'untilAborted' }, 'skip'),
          node('waiting', ['running'], {}, 'skip'),
          node('last', ['waiting']),
        ],
      })
      const running = await untilWorkflow(fixture.broker, id, ({ counts }) => counts.running === 1)
      await untilTask(fixture.broker, nodeOf(running, 'running').taskId, ({ progress }) => progress !== null)
      const asked = await fixture.broker.cancelWorkflow(id, { terminate: false })
      expect(asked).toMatchObject({ isCancelRequested: true })
      expect(statesOf(asked)).toMatchObject({ done: 'succeeded', waiting: 'cancelled', last: 'cancelled' })
      const workflow = await untilWorkflow(fixture.broker, id)
      expect(workflow).toMatchObject({
        state: 'cancelled',
        ended: { succeeded: 1, cancelled: 3, skipped: 0 },
      })
      expect(statesOf(workflow)).toMatchObject({ running: 'cancelled', waiting: 'cancelled' })
    })

    it('when cancelled with terminate stops a handler that never looks up', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [node('a', [], { name: 'spin' })],
      })
      await untilTask(fixture.broker, nodes[0]!.taskId, ({ progress }) => progress !== null)
      await fixture.broker.cancelWorkflow(id, { terminate: true })
      expect((await untilWorkflow(fixture.broker, id)).state).toBe('cancelled')
    })

    it('ends as cancelled when somebody cancels a node it needs', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [node('a', [], { name: 'untilAborted' }), node('b', ['a']), node('c', ['b'])],
      })
      await fixture.broker.cancel(nodes[1]!.taskId, { terminate: false })
      expect(statesOf(await fixture.broker.getWorkflow(id))).toMatchObject({ b: 'cancelled', c: 'cancelled' })
      await fixture.broker.cancel(nodes[0]!.taskId, { terminate: false })
      expect((await untilWorkflow(fixture.broker, id)).state).toBe('cancelled')
    })

    it('does not take back a node that is run again: the replay is a task of its own', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [node('bad', [], { name: 'flaky', kwargs: json({ failures: 1 }) }), node('child', ['bad'])],
      })
      const failed = await untilWorkflow(fixture.broker, id)
      const replay = await fixture.broker.replay(nodes[0]!.taskId, { kwargs: json({ failures: 0 }) })
      expect(await untilFinal(fixture.broker, replay.id)).toMatchObject({
        state: 'succeeded',
        workflowId: null,
        replayOf: nodes[0]!.taskId,
      })
      expect(await fixture.broker.getWorkflow(id)).toEqual(failed)
    })

    it('does not hand over results that are too large together, and says so to who looks', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [
          node('a', [], { name: 'large' }),
          node('b', [], { name: 'large' }),
          node('looks', ['a', 'b'], { name: 'parentsOf', maxRetries: 3 }),
          node('does not', ['a', 'b']),
        ],
      })
      expect(statesOf(await untilWorkflow(fixture.broker, id))).toMatchObject({
        looks: 'failed',
        'does not': 'succeeded',
      })
      const { error, attempt } = await fixture.broker.getTask(nodes[2]!.taskId)
      expect({ type: error!.type, attempt }).toEqual({ type: 'RangeError', attempt: 1 })
      expect(error!.message).toContain('1400004 bytes')
    })

    it.runIf(has(open, 'externalWorkers'))(
      'runs across workers of either kind, which hand on results',
      async () => {
        await using fixture = await open()
        const { broker } = fixture
        const outside = await register(broker, { names: [ELSEWHERE] })
        const { id, nodes } = await broker.submitWorkflow({
          name: 'w',
          nodes: [
            node('here', [], { kwargs: json({ a: 1 }) }),
            node('there', ['here'], { name: ELSEWHERE }),
            node('here again', ['there'], { name: 'parentsOf' }),
          ],
        })
        await untilTask(broker, nodes[1]!.taskId, ({ state }) => state === 'pending')
        const [leased] = await broker.leaseTasks(outside.id, { limit: 1, leaseMs: LEASE_MS })
        expect(leased!.parents).toEqual({ kind: 'results', byKey: { here: '{"args":[],"kwargs":{"a":1}}' } })
        await broker.completeTask(outside.id, leaseOf(leased!), json('done there'))
        expect((await untilWorkflow(broker, id)).state).toBe('succeeded')
        expect((await broker.getTask(nodes[2]!.taskId)).result).toBe('{"there":"done there"}')
      },
    )

    it.runIf(has(open, 'externalWorkers'))(
      'when cancelled with terminate takes leased nodes away, too',
      async () => {
        await using fixture = await open()
        const { broker } = fixture
        const outside = await register(broker, { names: [ELSEWHERE] })
        const { id } = await broker.submitWorkflow({
          name: 'w',
          nodes: [node('there', [], { name: ELSEWHERE }), node('after', ['there'])],
        })
        const [leased] = await broker.leaseTasks(outside.id, { limit: 1, leaseMs: LEASE_MS })
        const cancelled = await broker.cancelWorkflow(id, { terminate: true })
        expect(cancelled).toMatchObject({ state: 'cancelled', ended: { cancelled: 2 } })
        await expectRefusal(broker.completeTask(outside.id, leaseOf(leased!), json(1)), 'LEASE_LOST')
      },
    )

    it('takes what its handlers say of themselves', async () => {
      await using fixture = await open()
      const { nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [{ ...node('a'), task: { name: 'strict_input', kwargs: json({ width: 1 }) } }],
      })
      expect(await fixture.broker.getTask(nodes[0]!.taskId)).toMatchObject({ timeoutMs: 1234, maxRetries: 7 })
    })

    it('is made once for one idempotency key', async () => {
      await using fixture = await open()
      const request = { name: 'w', nodes: [node('a'), node('b', ['a'])], idempotencyKey: 'k' }
      const first = await fixture.broker.submitWorkflow(request)
      const second = await fixture.broker.submitWorkflow(request)
      expect(second).toEqual({ ...first, isRepeat: true })
      expect(await fixture.broker.countTasks({})).toBe(2)
    })

    it('is listed newest first, in pages and by state', async () => {
      await using fixture = await open()
      const submit = (name: string, task: string) =>
        fixture.broker.submitWorkflow({ name, nodes: [node('a', [], { name: task })] })
      const good = await submit('good', 'echo')
      const bad = await submit('bad', 'explode')
      const going = await submit('going', 'untilAborted')
      for (const { id } of [good, bad]) await untilWorkflow(fixture.broker, id)
      const first = await fixture.broker.listWorkflows({ limit: 2 })
      expect(first.workflows.map(({ name }) => name)).toEqual(['going', 'bad'])
      const rest = await fixture.broker.listWorkflows({ limit: 2, cursor: first.next! })
      expect(rest).toMatchObject({
        workflows: [{ id: good.id, state: 'succeeded', progress: 1 }],
        next: null,
      })
      const running = await fixture.broker.listWorkflows({ states: ['running'] })
      expect(running.workflows).toMatchObject([{ id: going.id, total: 1, progress: 0 }])
      const byOffset = await fixture.broker.listWorkflows({ limit: 1, offset: 1 })
      expect(byOffset.workflows.map(({ name }) => name)).toEqual(['bad'])
      expect((await fixture.broker.listWorkflows({ offset: 3 })).workflows).toEqual([])
      expect([
        await fixture.broker.countWorkflows(),
        await fixture.broker.countWorkflows(['succeeded', 'failed']),
        await fixture.broker.countWorkflows(['cancelled']),
      ]).toEqual([3, 2, 0])
      await expectRefusal(fixture.broker.listWorkflows({ cursor: 'no number' }), 'INVALID_REQUEST')
    })
  })
}
