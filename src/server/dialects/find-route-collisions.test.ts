import { describe, expect, it } from 'vitest'
import { asynq } from './asynq/serve.ts'
import { findRouteCollisions } from './find-route-collisions.ts'
import { turbine } from './turbine/serve.ts'

const dialect = (name: string, ...operations: string[]) => ({ name, operations })

describe('dialects on one port', () => {
  it('do not collide as they are documented', () => {
    expect(findRouteCollisions([turbine, asynq])).toEqual([])
  })

  it('collide when both answer one request, whatever they call its parameters', () => {
    const one = dialect('one', 'GET /api/tasks', 'GET /api/tasks/:id', 'POST /api/tasks')
    const other = dialect(
      'other',
      'GET /api/tasks/',
      'GET /api/tasks/:task_id',
      'PUT /api/tasks',
      'GET /api/tasks/:id/x',
    )

    expect(findRouteCollisions([one, other])).toEqual([
      { dialects: ['one', 'other'], operations: ['GET /api/tasks', 'GET /api/tasks/'] },
      { dialects: ['one', 'other'], operations: ['GET /api/tasks/:id', 'GET /api/tasks/:task_id'] },
    ])
  })

  it('do not collide where only one has a parameter: the fixed word is the nearer answer', () => {
    expect(
      findRouteCollisions([dialect('one', 'GET /tasks/:id'), dialect('other', 'GET /tasks/stats')]),
    ).toEqual([])
  })

  it('do not collide in what both are ready to share', () => {
    const one = { ...dialect('one', 'GET /tasks/:id'), sharedOperations: ['GET /tasks/:id'] }
    const other = { ...dialect('other', 'GET /tasks/:id'), sharedOperations: ['GET /tasks/:id'] }
    const third = dialect('third', 'GET /tasks/:id')

    expect(findRouteCollisions([one, other])).toEqual([])
    expect(findRouteCollisions([one, third])).toHaveLength(1)
    expect(findRouteCollisions([third, other])).toHaveLength(1)
  })

  it('do not collide with themselves', () => {
    expect(findRouteCollisions([dialect('one', 'GET /', 'GET /')])).toEqual([])
    expect(findRouteCollisions([])).toEqual([])
  })
})
