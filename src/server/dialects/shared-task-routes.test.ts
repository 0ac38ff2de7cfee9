import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import type { Broker } from '../../shared/domain/broker.ts'
import type { Task, TaskReceipt } from '../../shared/domain/task.ts'
import {
  joinTaskRoutes,
  pickByFields,
  SHARED_TASK_OPERATIONS,
  type TaskRoutes,
} from './shared-task-routes.ts'

const one = { ownFields: ['task_args', 'queue_name'] }
const other = { ownFields: ['args', 'sync'] }
const joined = [one, other]

describe('the dialect of a submit', () => {
  it.each([
    [{ task_name: 'x', queue_name: 'q', priority: 5 }, one],
    [{ task_name: 'x', args: [], priority: 5 }, other],
    [{ task_name: 'x', sync: null }, other],
    [{ task_name: 'x' }, one],
    [[], one],
    [null, one],
    ['args', one],
  ])('of %j is the one whose fields it has, else the first', (body, expected) => {
    expect(pickByFields(joined, body)).toBe(expected)
  })

  it('cannot be told from fields of two', () => {
    expect(() => pickByFields(joined, { task_name: 'x', args: [], task_args: [], queue_name: 'q' })).toThrow(
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        message: expect.stringContaining("'task_args', 'queue_name' and 'args' belong to two different"),
        details: { path: 'args' },
      }),
    )
  })

  it('is no question where there is only one', () => {
    expect(pickByFields([one], { args: [], task_args: [] })).toBe(one)
  })
})

const task = { id: 'a', state: 'running' } as Task
const receipt = { id: 'b', state: 'pending' } as TaskReceipt
const broker = { getTask: async (id: string) => ({ ...task, id }) } as unknown as Broker

/** A dialect whose fields begin with its name. */
function dialectOf(name: string, ownFields: readonly string[], answer: { task: Task } | null): TaskRoutes {
  return {
    ownFields,
    submit: async (_request, reply) => {
      void reply.code(answer === null ? 201 : 200)
      return answer ?? { receipt }
    },
    toReceipt: ({ id, state }) => ({ id, [`${name}_receipt`]: state }),
    toTask: async ({ id, state }) => ({ id, [`${name}_state`]: state }),
  }
}

describe('the routes that dialects share', () => {
  const open = () => {
    const app = Fastify()
    joinTaskRoutes(app, broker, dialectOf('one', one.ownFields, null))
    joinTaskRoutes(app, broker, dialectOf('other', other.ownFields, { task }))
    return app
  }

  it('are there once, whoever joins', () => {
    const app = open()
    const routes = SHARED_TASK_OPERATIONS.map((operation) => operation.split(' '))

    expect(routes.map(([method, url]) => app.hasRoute({ method: method!, url: url! }))).toEqual([true, true])
  })

  it('answer with the fields of all of them, whichever acted', async () => {
    const app = open()
    const submit = async (payload: object) => {
      const { statusCode, body } = await app.inject({ method: 'POST', url: '/api/v1/tasks', payload })
      return [statusCode, JSON.parse(body)]
    }

    expect(await submit({ task_name: 'x', queue_name: 'q' })).toEqual([
      201,
      { id: 'b', one_receipt: 'pending', other_receipt: 'pending' },
    ])
    expect(await submit({ task_name: 'x', sync: true })).toEqual([
      200,
      { id: 'a', one_state: 'running', other_state: 'running' },
    ])
    const { body } = await app.inject('/api/v1/tasks/c')
    expect(JSON.parse(body)).toEqual({ id: 'c', one_state: 'running', other_state: 'running' })
  })
})
