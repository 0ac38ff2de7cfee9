import { describe, expect, it } from 'vitest'
import type { NewWorkflowNode } from '../../src/shared/domain/workflow.ts'
import { expectRefusal } from './expect-refusal.ts'
import type { OpenBroker } from './open-broker.ts'
import { untilWorkflow } from './until-workflow.ts'
import { node } from './workflow-node.ts'

export function workflowEndCases(open: OpenBroker): void {
  describe('deleting a workflow', () => {
    it('takes its tasks with it, once it is final', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [node('a', [], { name: 'untilAborted' }), node('b', ['a'])],
      })
      const details = await expectRefusal(fixture.broker.deleteWorkflow(id), 'INVALID_STATE')
      expect(details).toEqual({ workflowId: id, state: 'running', wanted: 'deleted' })
      await fixture.broker.cancelWorkflow(id, { terminate: true })
      await untilWorkflow(fixture.broker, id)
      await fixture.broker.deleteWorkflow(id)
      await expectRefusal(fixture.broker.getWorkflow(id), 'WORKFLOW_NOT_FOUND')
      for (const { taskId } of nodes) await expectRefusal(fixture.broker.getTask(taskId), 'TASK_NOT_FOUND')
    })

    it('works for one of many tasks', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: Array.from({ length: 600 }, (_, index) => node(`n${index}`)),
      })
      await untilWorkflow(fixture.broker, id)
      await fixture.broker.deleteWorkflow(id)
      expect(await fixture.broker.countTasks({})).toBe(0)
    })

    it('leaves what its deleted tasks came to, while it is there', async () => {
      await using fixture = await open()
      const { id, nodes } = await fixture.broker.submitWorkflow({
        name: 'w',
        nodes: [node('a'), node('b', ['a'])],
      })
      await untilWorkflow(fixture.broker, id)
      await fixture.broker.deleteTask(nodes[0]!.taskId)
      const workflow = await fixture.broker.getWorkflow(id)
      expect(workflow.nodes[0]).toMatchObject({ state: 'succeeded', isTaskDeleted: true, name: 'echo' })
      expect(workflow.ended.succeeded).toBe(2)
      await fixture.broker.deleteTask(nodes[1]!.taskId)
      await expectRefusal(fixture.broker.getWorkflow(id), 'WORKFLOW_NOT_FOUND')
    })
  })

  describe('a workflow that cannot be', () => {
    it('is refused by name, and nothing of it is submitted', async () => {
      await using fixture = await open()
      const cases: readonly (readonly [readonly NewWorkflowNode[], string, RegExp])[] = [
        [
          [node('start'), node('a', ['start', 'b']), node('b', ['a'])],
          'parents',
          /cycle: (a → b → a|b → a → b)\./,
        ],
        [[node('me', ['me'])], 'nodes[0].parents', /cycle: me → me\./],
        [[node('a'), node('b', ['a', 'ghost'])], 'nodes[1].parents[1]', /'b' names 'ghost'/],
        [[node('a'), node('a')], 'nodes[1].key', /'a' is taken by nodes\[0\]/],
        [[], 'nodes', /at least one/],
        [Array.from({ length: 1001 }, (_, index) => node(`n${index}`)), 'nodes', /at most 1000/],
        [[node('a'), node('b', [], { priority: 11 })], 'nodes[1].task.priority', /[01] to 10|<=10/],
      ]
      for (const [nodes, path, message] of cases) {
        const refused = fixture.broker.submitWorkflow({ name: 'w', nodes })
        expect(await expectRefusal(refused, 'INVALID_REQUEST')).toEqual({
          path: expect.stringContaining(path),
        })
        await expect(refused).rejects.toThrow(message)
      }
      await expectRefusal(fixture.broker.submitWorkflow({ name: '', nodes: [node('a')] }), 'INVALID_REQUEST')
      expect(await fixture.broker.countTasks({})).toBe(0)
      expect((await fixture.broker.listWorkflows({})).workflows).toEqual([])
    })

    it('is not there to be read, cancelled or deleted', async () => {
      await using fixture = await open()
      await expectRefusal(fixture.broker.getWorkflow('nope'), 'WORKFLOW_NOT_FOUND')
      await expectRefusal(fixture.broker.cancelWorkflow('nope', { terminate: false }), 'WORKFLOW_NOT_FOUND')
      await expectRefusal(fixture.broker.deleteWorkflow('nope'), 'WORKFLOW_NOT_FOUND')
    })

    it('has ended is not cancelled any more', async () => {
      await using fixture = await open()
      const { id } = await fixture.broker.submitWorkflow({ name: 'w', nodes: [node('a')] })
      await untilWorkflow(fixture.broker, id)
      const refused = fixture.broker.cancelWorkflow(id, { terminate: false })
      expect(await expectRefusal(refused, 'INVALID_STATE')).toEqual({
        workflowId: id,
        state: 'succeeded',
        wanted: 'cancelled',
      })
    })
  })
}
